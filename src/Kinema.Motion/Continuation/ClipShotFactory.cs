using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Shots;

namespace Kinema.Motion.Continuation;

/// <summary>Plans a continued clip: its own frames, then its last frame in motion.</summary>
internal sealed class ClipShotFactory(IVideoReader reader) : IShotFactory
{
    private const int Stages = 2;

    public IReadOnlyList<MediaRole> SupportedRoles { get; } = [MediaRole.InputVideo];

    public IReadOnlyList<MediaRole> RequiredRoles => SupportedRoles;

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("clip", 0, Stages));
        // What follows is for the render threads too.
        var clip = await ClipAnalysis.ReadAsync(reader, request, ct).ConfigureAwait(true);

        progress.Report(new("layers", 1, Stages));
        var format = clip.Format;
        var plan = CameraPromptParser.Parse(request.Prompt, request.NegativePrompt);
        var (target, omitted) = TargetMotion.Of(plan, (double)clip.NewFrames / format.FramesPerSecond);
        var extrapolation = MotionExtrapolation.For(
            clip.Velocity.Camera ?? SimilarityTransform.Identity, target, clip.NewFrames,
                (double)format.Width / format.Height, PaddedFrame.MarginFor(format.Height) / (double)format.Height);
        var (record, notes) = ContinuationRecord.Of(clip, plan, omitted, extrapolation);
        var continuation = new MomentumContinuation(clip.Tail.Frame(0), format, extrapolation, clip.Velocity.Objects, clip.Grain, ct);
        return new ClipShot(format, record, notes, clip.Sound, clip.Tail.FrameCount, clip.Reopen(reader, ct), continuation);
    }
}
