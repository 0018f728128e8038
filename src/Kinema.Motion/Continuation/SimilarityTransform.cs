using Kinema.Motion.FirstLastFrame;

namespace Kinema.Motion.Continuation;

/// <summary>What happens to a whole frame: it grows and turns about its middle, then moves.</summary>
/// <param name="X">Move to the right, in heights of the frame.</param>
/// <param name="Y">Move downwards, the same unit.</param>
/// <param name="LogScale">Natural logarithm of the factor.</param>
/// <param name="Rotation">Clockwise, radians.</param>
internal readonly record struct SimilarityTransform(double X, double Y, double LogScale, double Rotation)
{
    public static SimilarityTransform Identity => default;

    public static SimilarityTransform operator +(SimilarityTransform a, SimilarityTransform b) => new(a.X + b.X, a.Y + b.Y, a.LogScale + b.LogScale, a.Rotation + b.Rotation);

    public static SimilarityTransform operator *(SimilarityTransform a, double factor) => new(a.X * factor, a.Y * factor, a.LogScale * factor, a.Rotation * factor);

    /// <summary>From where points are to where they were before.</summary>
    public Homography InverseHomography
    {
        get
        {
            var (x, y) = ApplyInverse(0, 0);
            var (right, below) = (ApplyInverse(1, 0), ApplyInverse(0, 1));
            return new(right.X - x, below.X - x, x, right.Y - y, below.Y - y, y, 0, 0, 1);
        }
    }

    /// <summary>Where a point was before, both in heights of the frame from its middle.</summary>
    public (double X, double Y) ApplyInverse(double x, double y)
    {
        var (sin, cos) = Math.SinCos(-Rotation);
        var scale = Math.Exp(-LogScale);
        var (fromX, fromY) = (x - X, y - Y);
        return (scale * ((cos * fromX) - (sin * fromY)), scale * ((sin * fromX) + (cos * fromY)));
    }
}
