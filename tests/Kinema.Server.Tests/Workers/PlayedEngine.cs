using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Server.Tests.Workers;

/// <summary>Does what the test says; by default it makes two seconds of small grey frames.</summary>
internal sealed class PlayedEngine : IVideoEngine
{
    public static VideoFormat Format { get; } = new(64, 48, 5, 10);

    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;

    public Func<VideoRequest, CancellationToken, IAsyncEnumerable<EngineEvent>> Play { get; set; } = (_, _) => FramesAsync();

    public EngineSupport Support { get; init; } = EngineSupport.Supported;

    /// <summary>How often it was asked for a video.</summary>
    public int Asked => _asked;

    public Task Began => _began.Task;

    public EngineDescriptor Descriptor { get; } = new()
    {
        Id = "motion",
        Version = "played",
        DisplayName = "Played engine",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 1,
        MaxDurationSeconds = 60,
    };

    public EngineSupport CheckSupport(VideoRequest request) => Support;

    public IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        _began.TrySetResult();
        return Play(request, cancellationToken);
    }

    public static async IAsyncEnumerable<EngineEvent> FramesAsync(VideoFormat? format = null)
    {
        format ??= Format;
        yield return new EngineEvent.Started(format, new JsonObject { ["zoom"] = 1.1, ["engine"] = "somebody else" });
        for (var index = 0; index < format.FrameCount; index++)
            yield return new EngineEvent.Frame(index, Enumerable.Repeat((byte)(90 + index), format.FrameBytes).ToArray());
        await Task.CompletedTask;
    }

    /// <summary>Starts and then waits until it is stopped.</summary>
    public static async IAsyncEnumerable<EngineEvent> UntilStoppedAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        yield return new EngineEvent.Started(Format, []);
        await Task.Delay(Timeout.Infinite, ct);
    }
}
