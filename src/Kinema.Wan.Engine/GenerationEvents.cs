using System.Threading.Channels;
using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Wan.Engine;

/// <summary>Turns the library's progress into events of the engine contract. Called on the computing thread, which never waits for the receiver.</summary>
/// <remarks>
/// The channel has room for some events. Progress that finds it full is left out: the next one tells more. Log messages and frames are written by the generation
/// itself, which waits.
/// </remarks>
internal sealed class GenerationEvents(ChannelWriter<EngineEvent> events, IPosterMaker jpeg) : IProgress<LoadProgress>, IProgress<WanProgress>
{
    private const long Mebibyte = 1 << 20;
    private long _loaded = -1;
    private int _steps = -1;
    private WanPhase? _phase;

    /// <summary>What step caching measured so far.</summary>
    public WanStepCacheReport? StepCache { get; private set; }

    /// <summary>Counts in MiB, which fit the contract's numbers.</summary>
    public void Report(LoadProgress value)
    {
        var done = value.BytesDone / Mebibyte;
        if (done == _loaded)
            return;

        _loaded = done;
        Tell(EngineStages.Loading, (int)done, (int)Math.Max(1, value.BytesTotal / Mebibyte));
    }

    public void Report(WanProgress value)
    {
        StepCache = value.StepCache ?? StepCache;
        if (value.Phase == WanPhase.Denoise && value.Step != _steps)
        {
            _steps = value.Step;
            Tell(EngineStages.Denoising, value.Step, value.Steps);
            if (value.Preview is { } preview)
                events.TryWrite(Encode(preview));
        }
        else if (value.Phase != _phase)
        {
            Begin(value);
        }

        _phase = value.Phase;
    }

    private void Begin(WanProgress value)
    {
        if (_phase == WanPhase.EncodePrompt)
            Tell(EngineStages.EncodingText, 1, 1);
        if (_phase == WanPhase.EncodeImage)
            Tell(EngineStages.EncodingImage, 1, 1);
        switch (value.Phase)
        {
            case WanPhase.EncodePrompt: Tell(EngineStages.EncodingText, 0, 1); break;
            case WanPhase.EncodeImage: Tell(EngineStages.EncodingImage, 0, 1); break;
        }
    }

    private void Tell(string stage, int done, int total) => events.TryWrite(new EngineEvent.Progress(stage, done, total));

    /// <summary>A preview has the size of a latent frame, some kilobytes as JPEG.</summary>
    private EngineEvent.Preview Encode(RgbImage preview)
    {
        var format = new VideoFormat(preview.Width, preview.Height, 1, 1);
        var frame = new byte[format.FrameBytes];
        PlanarFrame.Write(preview, frame);
        return new("image/jpeg", jpeg.Encode(format, frame));
    }
}
