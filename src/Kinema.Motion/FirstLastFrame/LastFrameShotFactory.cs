using Kinema.Engines;
using Kinema.Motion.Prompts;
using Kinema.Motion.Shots;
using Kinema.Motion.Sounds;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>A way from the first picture to the last one.</summary>
internal sealed class LastFrameShotFactory(IImageReader reader, ISoundReader sounds) : IShotFactory
{
    public IReadOnlyList<MediaRole> Roles { get; } = [MediaRole.FirstFrame, MediaRole.LastFrame, MediaRole.Audio];

    public IReadOnlyList<MediaRole> Needs { get; } = [MediaRole.FirstFrame, MediaRole.LastFrame];

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("read", 0, 3));
        var image = reader.Read(request.FirstFrame ?? throw new EngineException("motion was given no first picture"), ct);
        var format = ShotFormat.For(request, image.Width, image.Height);
        var pace = await SoundPace.ReadAsync(sounds, request, format, ct).ConfigureAwait(false);
        using var first = Framed(image, format, ct);
        image = reader.Read(request.LastFrame ?? throw new EngineException("motion was given no last picture"), ct);
        using var last = Framed(image, format, ct);

        progress.Report(new("compare", 1, 3));
        var size = PairAnalysis.SizeFor(format.Width, format.Height);
        using Mat smallFirst = first.Small(size), smallLast = last.Small(size);
        var analysis = PairAnalysis.Of(smallFirst, smallLast, new(format.Width, format.Height, first.Crop.Extent, last.Crop.Extent), ct);

        progress.Report(new("prepare", 2, 3));
        var asked = CameraPromptParser.Read(request.Prompt, request.NegativePrompt).Asked;
        var transition = analysis.Transition(smallFirst, smallLast, Easing.At);
        var notes = LastFrameRecord.Notes(analysis, last.Crop, asked);
        var figures = MovingObjectLayers.Of(analysis, first, last, Easing.At, format, ct);
        var record = LastFrameRecord.Of(analysis, last.Crop, notes);
        pace.Describe(record);
        using FramedPicture wideFirst = first.Surrounded(analysis.Fill, ct), wideLast = last.Surrounded(analysis.Fill, ct);
        return LastFrameShot.Prepare(format, wideFirst, wideLast, figures, transition, pace, record, notes, ct);
    }

    private static FramedPicture Framed(RgbImage image, VideoFormat format, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var crop = CenterCrop.Of(image.Width, image.Height, (double)format.Width / format.Height);
        return new(crop.Working(image, format), crop);
    }
}
