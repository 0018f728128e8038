using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.TestSupport;

/// <summary>A test engine with a fixed frame rate that generates small grey videos.</summary>
public sealed class TestEngine(TimeSpan perFrame, TimeProvider clock) : IVideoEngine
{
    private const int FramesPerSecond = 5;

    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>While true, an engine that has started stays before its first frame until <see cref="Release"/>.</summary>
    public bool HoldsBeforeFirstFrame { get; init; }

    /// <summary>Makes a preview of each second, and one before the first frame.</summary>
    public bool MakesPreviews { get; init; }

    /// <summary>The preview: a grey PNG of one pixel.</summary>
    public static ReadOnlyMemory<byte> PreviewPicture { get; } =
        Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    public EngineDescriptor Descriptor { get; init; } = new()
    {
        Id = "motion",
        Version = "test",
        DisplayName = "Test engine",
        MediaRoles = [MediaRole.FirstFrame],
        Resolutions = [VideoResolution.Hd720, VideoResolution.Hd1080],
        MinDurationSeconds = 1,
        MaxDurationSeconds = 60,
    };

    public EngineSupport CheckSupport(VideoRequest request) => EngineSupport.FromDescriptor(Descriptor, request);

    public void Release() => _released.TrySetResult();

    /// <summary>An audio input, or the audio of an input video for its part.</summary>
    private static Soundtrack? SoundOf(VideoRequest request) => request switch
    {
        { Audio: { } sound } => new(sound, null),
        { InputVideo: { HasAudio: true } clip } => new(clip, clip.Seconds),
        _ => null,
    };

    public async IAsyncEnumerable<EngineEvent> GenerateAsync(VideoRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var format = new VideoFormat(64, 64, FramesPerSecond, request.DurationSeconds * FramesPerSecond);
        yield return new EngineEvent.Started(format, new JsonObject { ["test"] = true }) { Soundtrack = SoundOf(request) };
        if (MakesPreviews)
            yield return new EngineEvent.Preview("image/png", PreviewPicture);
        if (HoldsBeforeFirstFrame)
            await _released.Task.WaitAsync(cancellationToken);

        var pixels = new byte[format.FrameBytes];
        for (var index = 0; index < format.FrameCount; index++)
        {
            await Task.Delay(perFrame, clock, cancellationToken);
            Array.Fill(pixels, (byte)(100 + (index % 50)));
            yield return new EngineEvent.Frame(index, pixels);
            if (MakesPreviews && index % FramesPerSecond == FramesPerSecond - 1)
                yield return new EngineEvent.Preview("image/png", PreviewPicture);
        }
    }
}
