using Kinema.Motion.Trajectories;

namespace Kinema.Motion.Continuation;

/// <summary>
/// Motion of a clip's last frame: the clip's velocity with exponential decay, plus an eased target motion. Adds as much zoom as keeps the frame's edges
/// out of view.
/// </summary>
internal sealed class MotionExtrapolation
{
    /// <summary>Frames in which the clip's velocity decays to about a third (1/e).</summary>
    private const double MaxDecayFrames = 15;

    private const double MinDecayFrames = 2;

    /// <summary>Largest zoom (natural logarithm) that may hide the edges.</summary>
    private const double MaxCoverZoom = 0.22;

    private readonly SimilarityTransform _velocity;
    private readonly SimilarityTransform _target;
    private readonly int _frames;
    private readonly double _decayFrames;
    private readonly double _coverZoom;
    private readonly int _coverZoomFrames;

    private MotionExtrapolation(
        SimilarityTransform velocity, SimilarityTransform target, int frames, double decayFrames, double coverZoom, int coverZoomFrames) =>
        (_velocity, _target, _frames, _decayFrames, _coverZoom, _coverZoomFrames) = (velocity, target, frames, decayFrames, coverZoom, coverZoomFrames);

    /// <summary>Fraction of the clip's velocity that is kept: below 1 where zoom alone cannot hide the edges.</summary>
    public double KeptVelocity { get; private init; } = 1;

    /// <param name="velocity">Motion of the clip per frame.</param>
    /// <param name="target">Additional motion reached at the end.</param>
    /// <param name="frames">Number of frames after the clip.</param>
    /// <param name="aspect">Aspect ratio of the frame.</param>
    /// <param name="margin">Padding beyond the frame's edges, in frame heights.</param>
    public static MotionExtrapolation For(SimilarityTransform velocity, SimilarityTransform target, int frames, double aspect, double margin)
    {
        for (var kept = 1.0; kept > 0.05; kept *= 0.7)
        {
            for (var decayFrames = MaxDecayFrames; decayFrames >= MinDecayFrames; decayFrames *= 0.75)
            {
                var uncovered = new MotionExtrapolation(velocity * kept, target, frames, decayFrames, 0, 1);
                var required = Enumerable.Range(0, frames + 1).Select(frame => RequiredZoom(uncovered.WithoutCoverZoom(frame), aspect, margin)).ToArray();
                var most = required.Max();
                if (most == 0)
                    return new(velocity * kept, target, frames, decayFrames, 0, 1) { KeptVelocity = kept };
                if (most <= MaxCoverZoom && CoverZoomFrames(required, most, frames) is { } zoomFrames)
                    return new(velocity * kept, target, frames, decayFrames, most, zoomFrames) { KeptVelocity = kept };
            }
        }

        return new(SimilarityTransform.Identity, SimilarityTransform.Identity, frames, MinDecayFrames, 0, 1) { KeptVelocity = 0 };
    }

    /// <summary>Sum of the decaying velocity factors up to a frame, in frames of full velocity.</summary>
    public double DecayedFrames(int frame) => Math.Exp(-0.5 / _decayFrames) * (1 - Math.Exp(-frame / _decayFrames)) / (1 - Math.Exp(-1 / _decayFrames));

    /// <summary>Transform of the clip's last frame at a frame.</summary>
    /// <param name="frame">Frame index after the clip; 1 is the first new frame.</param>
    public SimilarityTransform At(int frame)
    {
        var uncovered = WithoutCoverZoom(frame);
        var coverZoom = _coverZoom * Easing.At(Math.Min(1, (double)frame / _coverZoomFrames));
        var scale = Math.Exp(coverZoom);
        return new(uncovered.X * scale, uncovered.Y * scale, uncovered.LogScale + coverZoom, uncovered.Rotation);
    }

    private SimilarityTransform WithoutCoverZoom(int frame) => (_velocity * DecayedFrames(frame)) + (_target * Easing.At(Math.Min(1, (double)frame / _frames)));

    /// <summary>Longest duration of the cover zoom that hides the edges at every frame.</summary>
    private static int? CoverZoomFrames(double[] required, double most, int frames)
    {
        for (var zoomFrames = Math.Min(frames, 60); zoomFrames >= Math.Min(frames, 10); zoomFrames--)
        {
            if (Enumerable.Range(0, frames + 1).All(frame => most * Easing.At(Math.Min(1, (double)frame / zoomFrames)) >= required[frame] - 1e-9))
                return zoomFrames;
        }

        return null;
    }

    /// <summary>Natural logarithm of the zoom about the frame's middle that a moved picture needs to cover the frame.</summary>
    private static double RequiredZoom(SimilarityTransform moved, double aspect, double margin)
    {
        var shrink = 1.0;
        foreach (var (x, y) in new[] { (-aspect / 2, -0.5), (aspect / 2, -0.5), (-aspect / 2, 0.5), (aspect / 2, 0.5) })
        {
            // The corner's position in the picture is a·u − b, where u is the unknown shrinkage.
            var (aX, aY) = (moved with { X = 0, Y = 0 }).ApplyInverse(x, y);
            var (bX, bY) = (moved with { X = 0, Y = 0 }).ApplyInverse(moved.X, moved.Y);
            shrink = Math.Min(shrink, Math.Min(Largest(aX, bX, (aspect / 2) + margin), Largest(aY, bY, 0.5 + margin)));
        }

        return shrink <= 0 ? double.PositiveInfinity : -Math.Log(shrink);

        static double Largest(double a, double b, double limit) => a > 0 ? (limit + b) / a : a < 0 ? (limit - b) / -a : 1;
    }
}
