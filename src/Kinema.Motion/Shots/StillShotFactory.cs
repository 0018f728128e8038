using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Sounds;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Shots;

/// <summary>Sees the picture as a scene, plans the camera's way by the words, and prepares the layers.</summary>
internal sealed class StillShotFactory(IImageReader images, ISoundReader sounds, SceneBuilder scenes) : IShotFactory
{
    private const int Stages = 3;

    /// <summary>Wider than any usual screen: a truck shows such a picture better than a push.</summary>
    private const double WideAspectRatio = 1.95;

    public IReadOnlyList<MediaRole> SupportedRoles { get; } = [MediaRole.FirstFrame, MediaRole.Audio];

    public IReadOnlyList<MediaRole> RequiredRoles { get; } = [MediaRole.FirstFrame];

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("analysis", 0, Stages));
        var image = images.Read(request.FirstFrame ?? throw new EngineException("motion was given no picture"), ct);
        var format = ShotFormat.For(request, image.Width, image.Height);
        var pace = await SoundPace.ReadAsync(sounds, request, format, ct).ConfigureAwait(false);
        var wide = image.Width > WideAspectRatio * image.Height;
        var working = WorkingSize.For(image.Width, image.Height, format);
        // Two seconds are enough for two moves, not for four.
        var plan = CameraPromptParser.Parse(request.Prompt, request.NegativePrompt, wide, Math.Clamp(request.DurationSeconds, 1, CameraPromptParser.MaxSegments));
        using var scene = scenes.Build(image, working.Width, working.Height, plan.IsOrbit, ct);

        progress.Report(new("camera", 1, Stages));
        var path = FramedTrajectory.For(plan, scene, format.FrameCount, format.FramesPerSecond, ct);

        progress.Report(new("layers", 2, Stages));
        var (record, notes) = MotionRecord.Of(plan, path, scene.Reading);
        pace.Describe(record);
        return new StillShot(SceneRenderer.Prepare(scene, format, path.LargestVisibleFraction, ct), path, pace, format, record, notes);
    }
}
