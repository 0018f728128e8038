using Kinema.Engines;
using Kinema.Motion.FirstLastFrame;
using Kinema.Motion.Rendering;
using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Continuation;

/// <summary>Transition from a clip's last frame to a last picture that starts with the clip's own velocity.</summary>
internal sealed class TransitionContinuation : IContinuation
{
    /// <summary>Largest displacement by the clip's velocity, frame heights.</summary>
    public const double MaxCarriedDistance = 0.03;

    private const double MaxDecayFrames = 10;

    private readonly VideoFormat _format;
    private readonly ITransition _transition;
    private readonly SimilarityTransform _velocity;
    private readonly double _decayFrames;
    private readonly FilmGrain _grain;
    private readonly CenterCrop _clipCrop;
    private readonly CenterCrop _lastCrop;
    private readonly int _frames;
    private readonly TransitionMeshes _meshes;
    private readonly FrameCompositor _compositor;
    private readonly LayerSource _clip;
    private readonly LayerSource _last;

    /// <param name="lastFrame">Last frame of the clip; overwritten.</param>
    /// <param name="transition">Transition between the padded pictures.</param>
    /// <param name="frames">Number of frames after the clip; the last of them is the picture.</param>
    /// <param name="fill">Padding in frame heights, in addition to what the velocity needs.</param>
    public TransitionContinuation(
        byte[] lastFrame, FramedPicture last, VideoFormat format, ITransition transition, SimilarityTransform velocity,
        FilmGrain grain, int frames, double fill,
        CancellationToken ct)
    {
        (_format, _transition, _velocity, _grain, _frames) = (format, transition, velocity, grain, frames);
        _decayFrames = Math.Min(MaxDecayFrames, MaxCarriedDistance / Math.Max(1e-9, CornerSpeed(velocity, (double)format.Width / format.Height)));
        (_meshes, _compositor) = (new(format.Width, format.Height), new(format));
        grain.Denoise(lastFrame, format);
        var margin = fill + MaxCarriedDistance;
        var filled = PaddedFrame.Of(lastFrame, format, ((int)Math.Ceiling(margin * format.Height) + 3) / 4 * 4, ct);
        _clipCrop = CenterCrop.Of(format.Width, format.Height, (double)format.Width / format.Height).Padded(new(format.Width, format.Height), filled.Margin);
        _clip = LayerSource.FromYuv(filled.Pixels, filled.PixelWidth, filled.PixelHeight, ct);
        try
        {
            using var padded = last.Padded(margin, ct);
            _lastCrop = padded.Crop;
            _last = padded.ToLayerSource(null, format, ct);
        }
        catch
        {
            _clip.Dispose();
            throw;
        }
    }

    public long CellsFromOutside => _compositor.CellsFromOutside;

    public void Render(int frame, Span<byte> pixels)
    {
        var time = (double)frame / _frames;
        // The displacement returns to zero by half time, so that the last picture is in its exact place.
        var carried = _velocity * (_decayFrames * (1 - Math.Exp(-frame / _decayFrames)) * Easing.SmoothStep(1 - (2 * time)));
        _transition.FillMeshes(time, _meshes, carried.InverseHomography);
        _clipCrop.ToPixelFractions(_meshes.First);
        _lastCrop.ToPixelFractions(_meshes.Second);
        // The compositor skips the picture while it has no opacity.
        _compositor.Render([new(_clip, _meshes.First), new(_last, _meshes.Second)], pixels);
        _grain.Add(pixels, _format, frame, 1 - time);
    }

    public void Dispose()
    {
        _clip.Dispose();
        _last.Dispose();
    }

    /// <summary>Displacement of a frame corner per frame, frame heights.</summary>
    private static double CornerSpeed(SimilarityTransform velocity, double aspect) =>
        Math.Sqrt((velocity.X * velocity.X) + (velocity.Y * velocity.Y))
            + ((Math.Abs(velocity.LogScale) + Math.Abs(velocity.Rotation)) * Math.Sqrt((aspect * aspect) + 1) / 2);
}
