using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace Kinema.Motion.Scenes;

/// <summary>Turns a coarse mask into a soft matte whose edge follows the picture at working size.</summary>
internal static class SoftMatte
{
    private const double Guide = 1e-4;

    public static Mat Of(Mat picture, Mat mask)
    {
        // One pixel of the mask is this many of the picture: its edge is uncertain by about as much.
        var scale = (double)Math.Max(picture.Width, picture.Height) / Math.Max(mask.Width, mask.Height);
        var radius = Math.Max(3, (int)Math.Round(2.5 * scale));

        using var coarse = new Mat();
        Cv2.Resize(mask, coarse, picture.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.GaussianBlur(coarse, coarse, default, 0.8 * scale);
        Cv2.Threshold(coarse, coarse, 127, 255, ThresholdTypes.Binary);

        using var guided = new Mat();
        CvXImgProc.GuidedFilter(picture, coarse, guided, radius, Guide * 255 * 255);

        // The filter leaves a faint veil on both sides; stretching it away keeps the edge at one to three pixels.
        var matte = new Mat();
        guided.ConvertTo(matte, MatType.CV_8UC1, 1.5, -64);
        Cv2.GaussianBlur(matte, matte, default, 0.7);
        Settle(matte, coarse, radius);
        return matte;
    }

    /// <summary>Away from the edge the matte is what the mask says.</summary>
    private static void Settle(Mat matte, Mat coarse, int radius)
    {
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        using var inside = new Mat();
        using var near = new Mat();
        Cv2.Erode(coarse, inside, disc);
        Cv2.Dilate(coarse, near, disc);
        Cv2.Max(matte, inside, matte);
        Cv2.Min(matte, near, matte);
    }
}
