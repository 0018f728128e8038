using Kinema.Engines;
using Kinema.Motion.Audio;
using Kinema.Motion.Prompts;
using Kinema.Motion.Shots;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Plans the transition from a first picture to a last one.</summary>
internal sealed class LastFrameShotFactory(IImageReader reader, IAudioReader audioReader) : IShotFactory
{
    public IReadOnlyList<MediaRole> SupportedRoles { get; } = [MediaRole.FirstFrame, MediaRole.LastFrame, MediaRole.Audio];

    public IReadOnlyList<MediaRole> RequiredRoles { get; } = [MediaRole.FirstFrame, MediaRole.LastFrame];

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("read", 0, 3));
        var image = reader.Read(request.FirstFrame ?? throw new EngineException("motion was given no first picture"), ct);
        var format = ShotFormat.For(request, image.Width, image.Height);
        // What follows is for the render threads too.
        var speedRamp = await AudioSpeedRamp.ReadAsync(audioReader, request, format, ct).ConfigureAwait(true);
        using var first = Framed(image, format, ct);
        image = reader.Read(request.LastFrame ?? throw new EngineException("motion was given no last picture"), ct);
        using var last = Framed(image, format, ct);

        progress.Report(new("compare", 1, 3));
        var size = PairAnalysis.SizeFor(format.Width, format.Height);
        using Mat smallFirst = first.Downscaled(size), smallLast = last.Downscaled(size);
        var analysis = PairAnalysis.Of(smallFirst, smallLast, new(format.Width, format.Height, first.Crop.Extent, last.Crop.Extent), ct);

        progress.Report(new("prepare", 2, 3));
        var cameraRequested = CameraPromptParser.Parse(request.Prompt, request.NegativePrompt).CameraRequested;
        var transition = analysis.Transition(smallFirst, smallLast, Easing.At);
        var notes = LastFrameRecord.Notes(analysis, last.Crop, cameraRequested);
        var movingObjects = MovingObjectLayers.Of(analysis, first, last, Easing.At, format, ct);
        var record = LastFrameRecord.Of(analysis, last.Crop, notes);
        speedRamp.Describe(record);
        using FramedPicture paddedFirst = first.Padded(analysis.Fill, ct), paddedLast = last.Padded(analysis.Fill, ct);
        return LastFrameShot.Prepare(format, paddedFirst, paddedLast, movingObjects, transition, speedRamp, record, notes, ct);
    }

    private static FramedPicture Framed(RgbImage image, VideoFormat format, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var crop = CenterCrop.Of(image.Width, image.Height, (double)format.Width / format.Height);
        return new(crop.CropAndResize(image, format), crop);
    }
}
