using System.CommandLine;
using System.CommandLine.Parsing;
using Kinema.Cli.Output;
using Kinema.Engines;

namespace Kinema.Cli.Motion;

/// <summary><c>kinema motion sheet IMAGE</c>: renders a contact sheet of the motion engine without a server.</summary>
internal static class MotionCommand
{
    public static Command Create(Terminal terminal) => new("motion", "The engine that moves a camera over a still picture.") { Sheet(terminal) };

    private static Command Sheet(Terminal terminal)
    {
        var image = new Argument<string>("IMAGE") { Description = "A picture: JPEG, PNG, WebP or BMP." };
        var prompts = new Option<string[]>("--prompt") { HelpName = "TEXT", Description = "A prompt to show; may be repeated (default: every move).", DefaultValueFactory = _ => [] };
        var last = new Option<string?>("--end-image") { HelpName = "IMAGE", Description = "The picture to end with." };
        var frames = Bounded("--frames", "Frames of each video.", 6, 2, 24);
        var width = Bounded("--width", "Width of a frame on the sheet, pixels.", 320, 80, 1920);
        var duration = Bounded("--duration", "Seconds of each video.", 5, 2, 15);
        var resolution = new Option<string>("--resolution") { HelpName = "720p|1080p", Description = "Size of each video.", DefaultValueFactory = _ => "720p" };
        resolution.AcceptOnlyFromAmong("720p", "1080p");
        var output = new Option<string>("--output", "-o") { HelpName = "FILE", Description = "Where the sheet goes, a JPEG.", DefaultValueFactory = _ => "sheet.jpg" };

        var command = new Command("sheet", "Writes a contact sheet: what becomes of a picture, a strip of frames for each move or prompt.")
        {
            image, prompts, last, frames, width, duration, resolution, output,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var order = new ContactSheetRequest
            {
                Image = terminal.Resolve(parsed.GetRequiredValue(image)),
                Prompts = parsed.GetValue(prompts)!,
                LastFrame = parsed.GetValue(last) is { } end ? terminal.Resolve(end) : null,
                Frames = parsed.GetValue(frames),
                ThumbnailWidth = parsed.GetValue(width),
                Seconds = parsed.GetValue(duration),
                Resolution = parsed.GetValue(resolution) == "1080p" ? VideoResolution.Hd1080 : VideoResolution.Hd720,
                Output = terminal.Resolve(parsed.GetValue(output)!),
            };
            await ContactSheetWriter.RunAsync(order, terminal, ct);
            if (parsed.WantsJson())
                terminal.WriteJson(new { sheet = order.Output });
            else
                terminal.Out.WriteLine(terminal.Shorten(order.Output));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Option<int> Bounded(string name, string description, int value, int min, int max)
    {
        var option = new Option<int>(name) { HelpName = "N", Description = $"{description} {min} to {max}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (Given(result) is { } number && (number < min || number > max))
                result.AddError($"{name} must be from {min} to {max}; got {number}.");
        });
        return option;
    }

    /// <summary>Returns the given number; other text has its own error message.</summary>
    private static int? Given(OptionResult result) => result.Tokens is [var token] && int.TryParse(token.Value, out var number) ? number : null;
}
