using System.CommandLine;
using Kinema.Cli;
using Kinema.Cli.Output;
using Kinema.Wan.Engine;
using Kinema.Wan.Worker.Options;

namespace Kinema.Wan.Worker.Videos;

/// <summary><c>kinema wan run IMAGE</c>: makes a video on this machine, without a server.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        var image = new Argument<string>("IMAGE") { Description = "The picture that becomes the first frame: JPEG, PNG, WebP or BMP." };
        var folder = new Option<string?>("--checkpoint") { HelpName = "DIR", Description = "The checkpoint: a folder in the Diffusers layout, or of single files." };
        var last = new Option<string?>("--end-image") { HelpName = "IMAGE", Description = "The picture to end with." };
        var output = new Option<string>("--output", "-o") { HelpName = "FILE", Description = "Where the video goes.", DefaultValueFactory = _ => "video.mp4" };
        var checkpoint = new CheckpointOptions(terminal);
        var settings = new VideoSettings();
        var command = new Command("run", "Makes a video from a picture on this machine, without a server.") { image, folder, last, output };
        settings.AddTo(command);
        checkpoint.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var order = new VideoOrder
            {
                Files = checkpoint.Files(parsed, parsed.GetValue(folder)),
                Model = checkpoint.Model(parsed),
                Image = ExistingFile.Resolve(parsed.GetRequiredValue(image), terminal),
                LastImage = parsed.GetValue(last) is { } end ? ExistingFile.Resolve(end, terminal) : null,
                Output = terminal.Resolve(parsed.GetValue(output)!),
            };
            var made = await VideoMaker.RunAsync(order, settings.Read(parsed), terminal, ct);
            if (parsed.GetValue<bool>("--json"))
                terminal.WriteJson(new { video = order.Output, seconds = made.Elapsed.TotalSeconds, settings = WanReceipt.Write(made.Settings, made.StepCache) });
            else
                terminal.Out.WriteLine(terminal.Shorten(order.Output));
            return ExitCodes.Ok;
        });
        return command;
    }
}
