using Kinema.Engines;
using Kinema.Motion.Shots;
using Kinema.Motion.Words;

namespace Kinema.Motion.Clips;

/// <summary>A clip that goes on: its own frames, then its last frame in motion.</summary>
internal sealed class ClipShotMaker(IVideoReader reader) : IShotMaker
{
    private const int Stages = 2;

    public IReadOnlyList<MediaRole> Roles { get; } = [MediaRole.InputVideo];

    public IReadOnlyList<MediaRole> Needs => Roles;

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("clip", 0, Stages));
        var clip = await ClipReading.ReadAsync(reader, request, ct).ConfigureAwait(false);

        progress.Report(new("layers", 1, Stages));
        var format = clip.Format;
        var plan = CameraWords.Read(request.Prompt, request.NegativePrompt);
        var (goal, leftOut) = ClipGoal.Of(plan, (double)clip.NewFrames / format.FramesPerSecond);
        var drift = Drift.For(
            clip.Momentum.Camera ?? Similarity.None, goal, clip.NewFrames, (double)format.Width / format.Height, FilledFrame.MarginOf(format.Height) / (double)format.Height);
        var (record, notes) = ClipRecord.Of(clip, plan, leftOut, drift);
        var continuation = new Continuation(clip.Tail.Frame(0), format, drift, clip.Momentum.Own, clip.Grain, ct);
        return new ClipShot(format, record, notes, clip.Sound, clip.Tail.FrameCount, clip.Again(reader, ct), continuation);
    }
}
