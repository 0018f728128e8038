using Kinema.Engines;
using Kinema.Motion.Shots;
using Kinema.Motion.Words;

namespace Kinema.Motion.Clips;

/// <summary>A clip that goes on: its own frames, then its last frame in motion.</summary>
internal sealed class ClipShotMaker(IClipReader reader) : IShotMaker
{
    private const int FramesPerSecond = 30;
    private const int Stages = 3;

    public IReadOnlyList<MediaRole> Roles { get; } = [MediaRole.Clip];

    public IReadOnlyList<MediaRole> Needs { get; } = [MediaRole.Clip];

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("clip", 0, Stages));
        var clip = request.Clip ?? throw new EngineException("motion was given no clip");
        var (width, height) = VideoFormat.FitArea(
            clip.Width ?? throw new EngineException("the clip's width is not known"), clip.Height ?? throw new EngineException("the clip's height is not known"), request.Resolution);
        var format = new VideoFormat(width, height, FramesPerSecond, request.DurationSeconds * FramesPerSecond);
        var tail = await ClipTail.ReadAsync(reader, clip, format, format.FrameCount, ct).ConfigureAwait(false);
        if (tail.FrameCount == 0 || tail.FrameCount >= format.FrameCount)
            throw new EngineException($"the clip has {tail.FrameCount} frames; a video of {request.DurationSeconds} seconds has {format.FrameCount}, and nothing would be left to make");

        progress.Report(new("motion", 1, Stages));
        var momentum = Momentum.Of(tail);
        ct.ThrowIfCancellationRequested();
        var frames = format.FrameCount - tail.FrameCount;
        var plan = CameraWords.Read(request.Prompt, request.NegativePrompt);
        var (goal, leftOut) = ClipGoal.Of(plan, (double)frames / FramesPerSecond);
        var drift = Drift.For(momentum.Camera ?? Similarity.None, goal, frames, (double)width / height, FilledFrame.MarginOf(height) / (double)height);

        progress.Report(new("layers", 2, Stages));
        var grain = Grain.Of(tail.Frame(0), format);
        var continuation = new Continuation(tail.Frame(0), format, drift, momentum.Own, grain, ct);
        var (record, notes) = ClipRecord.Of(plan, leftOut, momentum, drift, grain, tail.FrameCount, format.FrameCount);
        var sound = clip.HasSound ? new Soundtrack(clip, (double)tail.FrameCount / FramesPerSecond) : null;
        var again = reader.ReadAsync(clip, width, height, FramesPerSecond, ct).GetAsyncEnumerator(ct);
        return new ClipShot(format, record, notes, sound, tail.FrameCount, again, continuation);
    }
}
