using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace Kinema.Motion.Scenes;

/// <summary>Turns a coarse mask into a soft matte whose edge follows the picture at working size.</summary>
internal static class SoftMatte
{
    private const double Guide = 1e-4;

    /// <summary>Squared colour difference of figure and ground, in levels, from which the mixture itself tells the share of each.</summary>
    private const float Telling = 900;

    /// <param name="blur">Pixels over which an edge of the picture is spread: above 1 where the picture was enlarged.</param>
    public static Mat Of(Mat picture, Mat mask, double blur, CancellationToken ct)
    {
        // One pixel of the mask is this many of the picture: its edge is uncertain by about as much.
        var scale = Math.Max(1, (double)Math.Max(picture.Width, picture.Height) / Math.Max(mask.Width, mask.Height));
        var radius = Math.Max(3, (int)Math.Round(1.6 * scale) + (int)Math.Round(blur));

        using var coarse = new Mat();
        Cv2.Resize(mask, coarse, picture.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.GaussianBlur(coarse, coarse, default, 0.8 * scale);
        Cv2.Threshold(coarse, coarse, 127, 255, ThresholdTypes.Binary);

        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        using var inside = new Mat();
        using var outside = new Mat();
        Cv2.Erode(coarse, inside, disc);
        Cv2.Dilate(coarse, outside, disc);
        Cv2.BitwiseNot(outside, outside);
        ct.ThrowIfCancellationRequested();

        var matte = new Mat();
        CvXImgProc.GuidedFilter(picture, coarse, matte, radius, Guide * 255 * 255);
        ct.ThrowIfCancellationRequested();
        using var figure = EdgeColours.Spread(picture, inside);
        using var ground = EdgeColours.Spread(picture, outside);
        Unmix(picture, matte, inside, outside, figure, ground);
        Cv2.MedianBlur(matte, matte, 3);
        Cv2.GaussianBlur(matte, matte, default, Math.Max(0.5, 0.3 * blur));
        Cv2.Max(matte, inside, matte);
        Cv2.Subtract(matte, outside, matte);
        return matte;
    }

    /// <summary>Where the two colours differ, how much of each is in the mixture says how much of the figure is there.</summary>
    private static unsafe void Unmix(Mat picture, Mat matte, Mat inside, Mat outside, Mat figure, Mat ground)
    {
        var (width, height) = (picture.Width, picture.Height);
        for (var y = 0; y < height; y++)
        {
            var seen = (byte*)picture.Ptr(y);
            var alpha = (byte*)matte.Ptr(y);
            var solid = (byte*)inside.Ptr(y);
            var open = (byte*)outside.Ptr(y);
            var front = (byte*)figure.Ptr(y);
            var back = (byte*)ground.Ptr(y);
            for (var x = 0; x < width; x++)
            {
                if (solid[x] > 0 || open[x] > 0)
                    continue;
                float along = 0, square = 0;
                for (var c = 3 * x; c < (3 * x) + 3; c++)
                {
                    var way = front[c] - back[c];
                    along += (seen[c] - back[c]) * way;
                    square += way * way;
                }

                // Stretched: the veil that the guided filter leaves on both sides goes.
                var guided = Math.Clamp((alpha[x] - 40) / 175f, 0, 1);
                var share = square > 0 ? Math.Clamp(((along / square) - 0.03f) / 0.94f, 0, 1) : guided;
                var trust = 0.9f * square / (square + Telling);
                alpha[x] = (byte)MathF.Round(255 * ((trust * share) + ((1 - trust) * guided)));
            }
        }
    }
}
