using System.CommandLine;
using System.CommandLine.Parsing;
using Kinema.Cli.Output;
using Kinema.Cli.Workers;
using Kinema.Media;
using Kinema.Wan.Engine;

namespace Kinema.Wan.Worker.Workers;

/// <summary><c>kinema worker --engine wan</c>: works on the runs of a server elsewhere with open Wan weights.</summary>
internal static class WorkerCommand
{
    public static Command Create(Terminal terminal)
    {
        var rate = new Option<int?>("--frame-rate")
        {
            HelpName = "FPS",
            Description = $"Frames a second of every video, {VideoConversion.MinFramesPerSecond} to {VideoConversion.MaxFramesPerSecond}: frames are repeated or left out (default: the model's).",
        };
        rate.Validators.Add(CheckRate);
        var upscale = new Option<bool>("--upscale") { Description = "Take runs of 1080p: the model makes its largest size, and the frames are enlarged." };
        var served = new ServedCheckpoints(terminal);
        var run = new RemoteWorkerRun(terminal);
        var command = new Command("worker", "Works on the runs of a server elsewhere, until it is stopped or drained.") { rate, upscale };
        served.AddTo(command);
        run.AddTo(command);
        command.SetAction((parsed, ct) =>
        {
            var engines = served.Engines(parsed);
            var conversion = new VideoConversion { FramesPerSecond = parsed.GetValue(rate), Upscales = parsed.GetValue(upscale) };
            return run.RunAsync(parsed, services => services.AddWanEngines(engines, conversion), ct);
        });
        return command;
    }

    private static void CheckRate(OptionResult result)
    {
        if (result.GetValueOrDefault<int?>() is { } rate and (< VideoConversion.MinFramesPerSecond or > VideoConversion.MaxFramesPerSecond))
            result.AddError($"--frame-rate must be {VideoConversion.MinFramesPerSecond} to {VideoConversion.MaxFramesPerSecond}; got {rate}.");
    }
}
