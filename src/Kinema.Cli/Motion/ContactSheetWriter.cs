using Kinema.Cli.Output;
using Kinema.Engines;
using Kinema.Media;
using Kinema.Motion;
using Kinema.Motion.Sheets;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Kinema.Cli.Motion;

/// <summary>Renders the videos of a contact sheet in this process and writes the sheet.</summary>
internal static class ContactSheetWriter
{
    public static async Task RunAsync(ContactSheetRequest order, Terminal terminal, CancellationToken ct)
    {
        Check(order.Image, terminal);
        if (order.LastFrame is not null)
            Check(order.LastFrame, terminal);

        await using var services = new ServiceCollection().AddLogging().AddKinemaMedia().AddMotionEngine().BuildServiceProvider();
        var progress = new Progress(terminal);
        try
        {
            var sheet = await services.GetRequiredService<IContactSheetRenderer>()
                .RenderAsync([.. Rows(order)], order.Frames, order.ThumbnailWidth, progress, ct);
            await File.WriteAllBytesAsync(order.Output, sheet, ct);
        }
        catch (EngineException e)
        {
            throw new CommandFailure(ExitCodes.Failed, e.Message);
        }
    }

    private static IEnumerable<ContactSheetRow> Rows(ContactSheetRequest order)
    {
        var prompts = order.Prompts.Count > 0 ? order.Prompts : order.LastFrame is null ? DefaultPrompts.Prompts : [""];
        return prompts.Select(prompt => new ContactSheetRow(prompt.Length > 0 ? prompt : "To the last frame", Request(order, prompt)));
    }

    private static VideoRequest Request(ContactSheetRequest order, string prompt)
    {
        var media = new Dictionary<MediaRole, MediaInput> { [MediaRole.FirstFrame] = Picture(order.Image) };
        if (order.LastFrame is not null)
            media[MediaRole.LastFrame] = Picture(order.LastFrame);
        return new()
        {
            Prompt = prompt,
            Resolution = order.Resolution,
            DurationSeconds = order.Seconds,
            Seed = 0,
            Roles = [.. media.Keys],
            Media = media,
        };
    }

    /// <summary>The image reader needs only the path.</summary>
    private static MediaInput Picture(string path) => new() { Path = path, Digest = "", ContentType = "", SizeBytes = new FileInfo(path).Length };

    private static void Check(string path, Terminal terminal)
    {
        if (!File.Exists(path))
            throw new CommandFailure(ExitCodes.Usage, $"there is no file {terminal.Shorten(path)}.");
    }

    private sealed class Progress(Terminal terminal) : IProgress<ContactSheetRow>
    {
        public void Report(ContactSheetRow value)
        {
            if (terminal.IsInteractive)
                terminal.ErrorConsole.MarkupLineInterpolated($"[grey]{value.Title}[/]");
        }
    }
}
