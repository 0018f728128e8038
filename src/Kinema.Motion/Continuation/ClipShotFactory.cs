using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Shots;

namespace Kinema.Motion.Continuation;

/// <summary>A clip that goes on: its own frames, then its last frame in motion.</summary>
internal sealed class ClipShotFactory(IClipReader reader) : IShotFactory
{
    private const int Stages = 2;

    public IReadOnlyList<MediaRole> Roles { get; } = [MediaRole.Clip];

    public IReadOnlyList<MediaRole> Needs => Roles;

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("clip", 0, Stages));
        var clip = await ClipAnalysis.ReadAsync(reader, request, ct).ConfigureAwait(false);

        progress.Report(new("layers", 1, Stages));
        var format = clip.Format;
        var plan = CameraPromptParser.Read(request.Prompt, request.NegativePrompt);
        var (goal, leftOut) = TargetMotion.Of(plan, (double)clip.NewFrames / format.FramesPerSecond);
        var drift = MotionExtrapolation.For(
            clip.Velocity.Camera ?? SimilarityTransform.None, goal, clip.NewFrames, (double)format.Width / format.Height, PaddedFrame.MarginOf(format.Height) / (double)format.Height);
        var (record, notes) = ContinuationRecord.Of(clip, plan, leftOut, drift);
        var continuation = new MomentumContinuation(clip.Tail.Frame(0), format, drift, clip.Velocity.Own, clip.Grain, ct);
        return new ClipShot(format, record, notes, clip.Sound, clip.Tail.FrameCount, clip.Again(reader, ct), continuation);
    }
}
