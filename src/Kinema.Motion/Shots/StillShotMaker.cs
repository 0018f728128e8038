using Kinema.Engines;
using Kinema.Motion.Paths;
using Kinema.Motion.Resampling;
using Kinema.Motion.Words;

namespace Kinema.Motion.Shots;

/// <summary>A camera's way over one still picture.</summary>
internal sealed class StillShotMaker(IImageReader reader) : IShotMaker
{
    private const int FramesPerSecond = 30;

    public IReadOnlyList<MediaRole> Roles { get; } = [MediaRole.FirstFrame];

    public IReadOnlyList<MediaRole> Needs { get; } = [MediaRole.FirstFrame];

    public Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("prepare", 0, 1));
        var plan = CameraWords.Read(request.Prompt, request.NegativePrompt);
        var path = CropPath.For(plan, request.DurationSeconds, request.DurationSeconds * FramesPerSecond);
        var image = reader.Read(request.FirstFrame ?? throw new EngineException("motion was given no picture"), ct);
        var (width, height) = VideoFormat.FitArea(image.Width, image.Height, request.Resolution);
        var format = new VideoFormat(width, height, FramesPerSecond, path.FrameCount);
        var widest = Math.Max(path.Start.Width, path.End.Width);
        var renderer = FrameRenderer.Prepare(image, format, widest, FrameRenderer.FastestKernel, ct);
        return Task.FromResult<IShot>(new StillShot(renderer, plan, path, format));
    }
}
