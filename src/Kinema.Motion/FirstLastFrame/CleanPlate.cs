using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Clean plate: a picture with its moving objects removed and the background filled in.</summary>
internal static class CleanPlate
{
    /// <summary>Reach of an object's soft edge, in fractions of the longer side.</summary>
    private const double Softness = 0.004;

    /// <summary>Fills the background behind the objects from the other picture, or by inpainting where both hide it.</summary>
    /// <param name="other">The other picture, warped onto this one by the camera motion.</param>
    /// <param name="otherMask">Mask of its objects, warped likewise.</param>
    public static Mat Of(Mat picture, Mat matte, Mat other, Mat otherMask, CancellationToken ct)
    {
        using Mat hole = new(), hidden = new(), soft = new();
        var reach = 1 + (int)Math.Ceiling(Math.Max(picture.Width, picture.Height) * Softness);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * reach) + 1, (2 * reach) + 1));
        Cv2.Threshold(matte, hole, 3, 255, ThresholdTypes.Binary);
        Cv2.Dilate(hole, hole, disc);
        Cv2.Dilate(otherMask, hidden, disc);
        Cv2.BitwiseAnd(hole, hidden, hidden);
        Cv2.GaussianBlur(hole, soft, default, reach / 2.0);
        Cv2.Max(soft, hole, soft);
        ct.ThrowIfCancellationRequested();

        using var mixed = Mixed(picture, other, soft);
        using var unknown = Scenes.BackgroundInpainting.HoleMask(hidden);
        return Scenes.BackgroundInpainting.Inpaint(mixed, unknown, ct);
    }

    private static Mat Mixed(Mat below, Mat above, Mat share)
    {
        using Mat lower = new(), upper = new(), rest = new();
        Cv2.BitwiseNot(share, rest);
        using Mat shares = new(), rests = new();
        Cv2.CvtColor(share, shares, ColorConversionCodes.GRAY2BGR);
        Cv2.CvtColor(rest, rests, ColorConversionCodes.GRAY2BGR);
        Cv2.Multiply(below, rests, lower, 1 / 255.0);
        Cv2.Multiply(above, shares, upper, 1 / 255.0);
        var mixed = new Mat();
        Cv2.Add(lower, upper, mixed);
        return mixed;
    }
}
