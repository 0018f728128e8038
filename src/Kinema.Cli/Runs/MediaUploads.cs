using System.Net;
using Kinema.Cli.Output;
using Kinema.Client;
using Kinema.Engines;
using Kinema.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Cli.Runs;

/// <summary>
/// Brings files to the server. Each is looked at first in the way the server will look at it, with the limits of the server's model: what would be
/// refused there is refused here, before it has travelled.
/// </summary>
internal sealed class MediaUploads(KinemaClient client, string model, Terminal terminal) : IAsyncDisposable
{
    private readonly ServiceProvider _inspectors = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();
    private ModelLimits? _limits;

    /// <returns>What the input names: the URL as it was typed, or the reference of the uploaded file.</returns>
    public async Task<string?> ResolveAsync(string? text, MediaKind kind, CancellationToken ct)
    {
        if (text is null || !MediaSource.IsFile(text))
            return text;

        _limits ??= await ModelLimits.AskAsync(client, model, ct);
        var path = terminal.Resolve(text);
        var type = Look(path, text, kind, _limits.For(kind));
        await using var file = File.OpenRead(path);
        try
        {
            return (await client.UploadAsync(file, Path.GetFileName(text), type, file.Length, ct)).Reference;
        }
        catch (KinemaException e) when (e.HttpStatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge)
        {
            var why = e.Errors is [var problem, ..] ? problem.Message : e.Message;
            throw new CommandFailure(ExitCodes.Usage, $"{text} ({Wording.Bytes(file.Length)}) cannot be uploaded: {why}. Give its URL instead, or raise Server:MaxUploadBytes there.");
        }
    }

    public ValueTask DisposeAsync() => _inspectors.DisposeAsync();

    /// <returns>The type by content: what the server will judge it by; the name may lie.</returns>
    private string Look(string path, string text, MediaKind kind, MediaLimits limits)
    {
        if (kind == MediaKind.FirstFrame || kind == MediaKind.LastFrame)
        {
            var verdict = _inspectors.GetRequiredService<IImageInspector>().Inspect(path, limits);
            return verdict.Problem is null ? verdict.ContentType : throw Refused($"{text}: {verdict.Message}");
        }

        using var file = File.OpenRead(path);
        var timed = kind == MediaKind.InputVideo
            ? _inspectors.GetRequiredService<IVideoInspector>().Look(file, limits)
            : _inspectors.GetRequiredService<IAudioInspector>().Look(file, limits);
        return timed.Problem is null ? timed.ContentType : throw Refused($"{text} {timed.Message}");
    }

    private static CommandFailure Refused(string sentence) => new(ExitCodes.Usage, sentence + ".");
}
