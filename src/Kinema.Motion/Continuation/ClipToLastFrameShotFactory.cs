using Kinema.Engines;
using Kinema.Motion.FirstLastFrame;
using Kinema.Motion.Prompts;
using Kinema.Motion.Sheets;
using Kinema.Motion.Shots;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Continuation;

/// <summary>Plans a clip followed by a transition to a last picture.</summary>
internal sealed class ClipToLastFrameShotFactory(IVideoReader clips, IImageReader images) : IShotFactory
{
    private const int Stages = 3;

    public IReadOnlyList<MediaRole> SupportedRoles { get; } = [MediaRole.InputVideo, MediaRole.LastFrame];

    public IReadOnlyList<MediaRole> RequiredRoles => SupportedRoles;

    public async Task<IShot> PrepareAsync(VideoRequest request, IProgress<EngineEvent.Progress> progress, CancellationToken ct)
    {
        progress.Report(new("clip", 0, Stages));
        // What follows is for the render threads too.
        var clip = await ClipAnalysis.ReadAsync(clips, request, ct).ConfigureAwait(true);
        var format = clip.Format;

        progress.Report(new("compare", 1, Stages));
        var image = images.Read(request.LastFrame ?? throw new EngineException("motion was given no last picture"), ct);
        var crop = CenterCrop.Of(image.Width, image.Height, (double)format.Width / format.Height);
        using var last = new FramedPicture(crop.CropAndResize(image, format), crop);
        var size = PairAnalysis.SizeFor(format.Width, format.Height);
        using var smallClip = Thumbnail.Of(clip.Tail.Frame(0), format, size.Width, size.Height);
        using var smallLast = last.Downscaled(size);
        var aspect = (double)format.Width / format.Height;
        var analysis = PairAnalysis.Of(smallClip, smallLast, new(format.Width, format.Height, PictureExtent.Of(aspect), crop.Extent), ct);

        progress.Report(new("layers", 2, Stages));
        var cameraRequested = CameraPromptParser.Parse(request.Prompt, request.NegativePrompt).CameraRequested;
        var notes = LastFrameRecord.Notes(analysis, crop, cameraRequested);
        var record = ContinuationRecord.ForTransition(clip, LastFrameRecord.Of(analysis, crop, notes));
        var transition = analysis.Transition(smallClip, smallLast, Easing.At, withMovingObjects: true, carried: TransitionContinuation.MaxCarriedDistance);
        var continuation = new TransitionContinuation(
            clip.Tail.Frame(0), last, format, transition, clip.Velocity.Camera ?? SimilarityTransform.Identity, clip.Grain,
            clip.NewFrames, analysis.Fill, ct);
        return new ClipShot(format, record, notes, clip.Sound, clip.Tail.FrameCount, clip.Reopen(clips, ct), continuation);
    }
}
