using Kinema.Core.Safety;
using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Worker.Attempts;

/// <summary>Passes an engine's frames to the encoder and keeps the middle frame for the poster and the last one.</summary>
internal sealed class FrameSink(string path, IFrameWatch? watch, TimeProvider timeProvider) : IAsyncDisposable
{
    private IVideoEncoding? _encoding;

    public VideoFormat? Format { get; private set; }

    public bool HasAudio { get; private set; }

    public byte[] PosterFrame { get; private set; } = [];

    public byte[] LastFrame { get; private set; } = [];

    public int Written { get; private set; }

    /// <summary>Time spent waiting for the encoder.</summary>
    public TimeSpan Busy { get; private set; }

    /// <exception cref="EngineContractException">The engine broke its contract; the other methods throw it too.</exception>
    public void Start(IVideoEncoder encoder, VideoFormat format, Soundtrack? soundtrack, IReadOnlyDictionary<string, string> metadata)
    {
        EngineContract.CheckStarted(format, isFirst: Format is null);
        Format = format;
        _encoding = encoder.Start(format, path, metadata, soundtrack);
        HasAudio = soundtrack is not null;
    }

    public async Task WriteAsync(EngineEvent.Frame frame, CancellationToken ct)
    {
        EngineContract.CheckFrame(frame, Format, due: Written);
        if (frame.Index == Format!.FrameCount / 2)
            PosterFrame = frame.Pixels.ToArray();
        if (frame.Index == Format.FrameCount - 1)
            LastFrame = frame.Pixels.ToArray();
        watch?.See(Format, frame.Index, frame.Pixels.Span);

        var began = timeProvider.GetTimestamp();
        await _encoding!.WriteAsync(frame.Pixels, ct);
        Busy += timeProvider.GetElapsedTime(began);
        Written++;
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        EngineContract.CheckEnd(Format, Written);
        var began = timeProvider.GetTimestamp();
        await _encoding!.FinishAsync(ct);
        Busy += timeProvider.GetElapsedTime(began);
    }

    public async ValueTask DisposeAsync()
    {
        if (_encoding is not null)
            await _encoding.DisposeAsync();
    }
}
