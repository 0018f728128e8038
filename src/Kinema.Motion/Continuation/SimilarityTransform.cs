using Kinema.Motion.FirstLastFrame;

namespace Kinema.Motion.Continuation;

/// <summary>A similarity transform of a frame: scale and rotation about its middle, then translation.</summary>
/// <param name="X">Translation to the right, frame heights.</param>
/// <param name="Y">Translation downwards, the same unit.</param>
/// <param name="LogScale">Natural logarithm of the scale.</param>
/// <param name="Rotation">Clockwise, radians.</param>
internal readonly record struct SimilarityTransform(double X, double Y, double LogScale, double Rotation)
{
    public static SimilarityTransform Identity => default;

    public static SimilarityTransform operator +(SimilarityTransform a, SimilarityTransform b) =>
        new(a.X + b.X, a.Y + b.Y, a.LogScale + b.LogScale, a.Rotation + b.Rotation);

    public static SimilarityTransform operator *(SimilarityTransform a, double factor) =>
        new(a.X * factor, a.Y * factor, a.LogScale * factor, a.Rotation * factor);

    /// <summary>Inverse transform as a homography.</summary>
    public Homography InverseHomography
    {
        get
        {
            var (x, y) = ApplyInverse(0, 0);
            var (right, below) = (ApplyInverse(1, 0), ApplyInverse(0, 1));
            return new(right.X - x, below.X - x, x, right.Y - y, below.Y - y, y, 0, 0, 1);
        }
    }

    /// <summary>Applies the inverse transform to a point, in frame heights from the middle.</summary>
    public (double X, double Y) ApplyInverse(double x, double y)
    {
        var (sin, cos) = Math.SinCos(-Rotation);
        var scale = Math.Exp(-LogScale);
        var (fromX, fromY) = (x - X, y - Y);
        return (scale * ((cos * fromX) - (sin * fromY)), scale * ((sin * fromX) + (cos * fromY)));
    }
}
