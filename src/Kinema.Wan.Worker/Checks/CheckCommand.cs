using System.CommandLine;
using Kinema.Cli;
using Kinema.Cli.Output;
using Kinema.Wan.Worker.Options;
using Kinema.Wan.Worker.Videos;

namespace Kinema.Wan.Worker.Checks;

/// <summary><c>kinema wan check DIR</c>: self-check, a short generation, and what a whole video would take.</summary>
internal static class CheckCommand
{
    // Small enough for a CPU. On a GPU a larger one tells more; the options choose it.
    private const int Area = 256 * 256, Frames = 9, Steps = 4;

    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "A folder in the Diffusers layout, or of single files as ComfyUI keeps them." };
        var area = new Option<int>("--area") { HelpName = "N", Description = "Pixels a frame of the short video.", DefaultValueFactory = _ => Area };
        var frames = new Option<int>("--frames") { HelpName = "N", Description = "Frames of the short video.", DefaultValueFactory = _ => Frames };
        var steps = new Option<int>("--steps") { HelpName = "N", Description = "Steps of the short video, 2 or more.", DefaultValueFactory = _ => Steps };
        var checkpoint = new CheckpointOptions(terminal);
        var command = new Command("check", "Checks libtorch's arithmetic, makes a short video, and says what a whole one would take here.") { folder, area, frames, steps };
        checkpoint.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(steps) < 2)
                throw new CommandFailure(ExitCodes.Usage, $"--steps must be 2 or more; got {parsed.GetValue(steps)}.");

            var arithmetic = WanSelfCheck.Run();
            var timing = await GenerationBar.RunAsync(terminal, bar => SpeedCheck.RunAsync(
                checkpoint.Files(parsed, parsed.GetRequiredValue(folder)), checkpoint.Model(parsed), parsed.GetValue(area), parsed.GetValue(frames), parsed.GetValue(steps), bar, ct));
            var result = new CheckResult(arithmetic, timing);
            if (parsed.GetValue<bool>("--json"))
                terminal.WriteJson(result);
            else
                CheckReport.Write(result, terminal);
            return arithmetic.Passed ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }
}
