using System.Net;
using Kinema.Cli.Output;
using Kinema.Client;
using Kinema.Engines;
using Kinema.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Cli.Runs;

/// <summary>
/// Uploads files to the server. Each file is first inspected like on the server, with the limits of the model, so that an
/// invalid file is rejected before the upload.
/// </summary>
internal sealed class MediaUploads(KinemaClient client, string model, Terminal terminal) : IAsyncDisposable
{
    private readonly ServiceProvider _inspectors = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();
    private ModelLimits? _limits;

    /// <returns>The URL as given, or the reference of the uploaded file.</returns>
    public async Task<string?> ResolveAsync(string? text, MediaKind kind, CancellationToken ct)
    {
        if (text is null || !MediaSource.IsFile(text))
            return text;

        _limits ??= await ModelLimits.ReadAsync(client, model, ct);
        var path = terminal.Resolve(text);
        var type = Inspect(path, text, kind, _limits.For(kind));
        await using var file = File.OpenRead(path);
        try
        {
            return (await client.UploadAsync(file, Path.GetFileName(text), type, cancellationToken: ct)).Reference;
        }
        catch (KinemaException e) when (e.HttpStatusCode is HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge)
        {
            var why = e.Errors is [var problem, ..] ? problem.Message : e.Message;
            throw new CommandFailure(ExitCodes.Usage, $"{text} ({Wording.Bytes(file.Length)}) cannot be uploaded: {why}. Give its URL instead, or raise Server:MaxUploadBytes there.");
        }
    }

    public ValueTask DisposeAsync() => _inspectors.DisposeAsync();

    /// <returns>Content type, detected from the bytes like on the server.</returns>
    private string Inspect(string path, string text, MediaKind kind, MediaLimits limits)
    {
        if (kind == MediaKind.FirstFrame || kind == MediaKind.LastFrame)
        {
            var inspection = _inspectors.GetRequiredService<IImageInspector>().Inspect(path, limits);
            return inspection.Problem is null ? inspection.ContentType : throw Refused($"{text}: {inspection.Message}");
        }

        using var file = File.OpenRead(path);
        var timed = kind == MediaKind.InputVideo
            ? _inspectors.GetRequiredService<IVideoInspector>().InspectHeader(file, limits)
            : _inspectors.GetRequiredService<IAudioInspector>().InspectHeader(file, limits);
        return timed.Problem is null ? timed.ContentType : throw Refused($"{text} {timed.Message}");
    }

    private static CommandFailure Refused(string sentence) => new(ExitCodes.Usage, sentence + ".");
}
