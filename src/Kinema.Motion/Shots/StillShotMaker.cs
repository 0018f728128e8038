using Kinema.Engines;
using Kinema.Motion.Paths;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Words;

namespace Kinema.Motion.Shots;

/// <summary>Sees the picture as a scene, plans the camera's way by the words, and prepares the layers.</summary>
internal sealed class StillShotMaker(IImageReader reader, SceneBuilder builder) : IShotMaker
{
    private const int FramesPerSecond = 30;
    private const int Stages = 3;

    /// <summary>Wider than any usual screen: a truck shows such a picture better than a push.</summary>
    private const double Wide = 1.95;

    public IReadOnlyList<MediaRole> Roles { get; } = [MediaRole.FirstFrame];

    public IReadOnlyList<MediaRole> Needs { get; } = [MediaRole.FirstFrame];

    public Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("analysis", 0, Stages));
        var image = reader.Read(request.FirstFrame ?? throw new EngineException("motion was given no picture"), ct);
        var (width, height) = VideoFormat.FitArea(image.Width, image.Height, request.Resolution);
        var format = new VideoFormat(width, height, FramesPerSecond, request.DurationSeconds * FramesPerSecond);
        using var scene = See(image, format, ct);

        progress.Report(new("camera", 1, Stages));
        var wide = image.Width > Wide * image.Height;
        // Two seconds are enough for two moves, not for four.
        var plan = CameraWords.Read(request.Prompt, request.NegativePrompt, wide, Math.Clamp(request.DurationSeconds, 1, CameraWords.MostSegments));
        var path = CameraPath.For(plan, scene, format.FrameCount, FramesPerSecond, ct);

        progress.Report(new("layers", 2, Stages));
        var (record, notes) = MotionRecord.Of(plan, path, scene.Reading);
        return Task.FromResult<IShot>(new StillShot(SceneRenderer.Prepare(scene, format, path.Widest, ct), path, format, record, notes));
    }

    private Scene See(RgbImage image, VideoFormat format, CancellationToken ct)
    {
        var (width, height) = WorkingSize.For(image.Width, image.Height, format);
        return builder.Build(image, width, height, ct);
    }
}
