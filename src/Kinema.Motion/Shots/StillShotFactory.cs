using Kinema.Engines;
using Kinema.Motion.Audio;
using Kinema.Motion.Prompts;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Shots;

/// <summary>Builds a scene from the picture, plans the camera trajectory from the prompt, and prepares the layers.</summary>
internal sealed class StillShotFactory(IImageReader images, IAudioReader audioReader, SceneBuilder scenes) : IShotFactory
{
    private const int Stages = 3;

    /// <summary>Width over height beyond that of any usual screen; a truck shows such a picture better than a push.</summary>
    private const double WideAspectRatio = 1.95;

    public IReadOnlyList<MediaRole> SupportedRoles { get; } = [MediaRole.FirstFrame, MediaRole.Audio];

    public IReadOnlyList<MediaRole> RequiredRoles { get; } = [MediaRole.FirstFrame];

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("analysis", 0, Stages));
        var image = images.Read(request.FirstFrame ?? throw new EngineException("motion was given no picture"), ct);
        var format = ShotFormat.For(request, image.Width, image.Height);
        // What follows is for the render threads too.
        var speedRamp = await AudioSpeedRamp.ReadAsync(audioReader, request, format, ct).ConfigureAwait(true);
        var isWide = image.Width > WideAspectRatio * image.Height;
        var working = WorkingSize.For(image.Width, image.Height, format);
        // Two seconds have time for two moves, not for four.
        var plan = CameraPromptParser.Parse(
            request.Prompt, request.NegativePrompt, isWide, Math.Clamp(request.DurationSeconds, 1, CameraPromptParser.MaxSegments));
        using var scene = scenes.Build(image, working.Width, working.Height, plan.IsOrbit, ct);

        progress.Report(new("camera", 1, Stages));
        var path = FramedTrajectory.For(plan, scene, format.FrameCount, format.FramesPerSecond, ct);

        progress.Report(new("layers", 2, Stages));
        var (record, notes) = MotionRecord.Of(plan, path, scene.Analysis);
        speedRamp.Describe(record);
        return new StillShot(SceneRenderer.Prepare(scene, format, path.LargestVisibleFraction, ct), path, speedRamp, format, record, notes);
    }
}
