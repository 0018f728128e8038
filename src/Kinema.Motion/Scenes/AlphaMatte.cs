using Kinema.Motion.Threads;
using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace Kinema.Motion.Scenes;

/// <summary>Refines a coarse mask to an alpha matte whose edge follows the picture at working size.</summary>
internal static class AlphaMatte
{
    private const double GuidedFilterEpsilon = 1e-4;

    /// <summary>Squared colour difference of foreground and background, in levels², at which unmixing gets half of its greatest weight.</summary>
    private const float HalfTrustContrast = 900;

    /// <param name="blur">Width of a blurred edge in the picture, in pixels. Above 1 if the picture was enlarged.</param>
    public static Mat Of(Mat picture, Mat mask, double blur, CancellationToken ct)
    {
        // One mask pixel covers this many picture pixels. The position of the edge is uncertain by about as much.
        var scale = Math.Max(1, (double)Math.Max(picture.Width, picture.Height) / Math.Max(mask.Width, mask.Height));
        var radius = Math.Max(3, (int)Math.Round(1.6 * scale) + (int)Math.Round(blur));

        using var coarse = new Mat();
        Cv2.Resize(mask, coarse, picture.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.GaussianBlur(coarse, coarse, default, 0.8 * scale);
        Cv2.Threshold(coarse, coarse, 127, 255, ThresholdTypes.Binary);

        using var matte = coarse.Clone();
        using var inside = coarse.Clone();
        using var outside = new Mat();
        Cv2.BitwiseNot(coarse, outside);
        var tiles = Tiles.Of(picture.Size()).ToArray();
        Parallel.ForEach(tiles, SameThreads.Options(ct), tile => RefineTile(tile, picture, coarse, radius, matte, inside, outside));

        using Mat foreground = new(), background = new();
        Parallel.Invoke(
            SameThreads.Options(ct),
            () => Extrapolate(inside, foreground),
            () => Extrapolate(outside, background));
        Unmix(picture, matte, inside, outside, foreground, background);
        Cv2.MedianBlur(matte, matte, 3);
        Cv2.GaussianBlur(matte, matte, default, Math.Max(0.5, 0.3 * blur));
        Cv2.Max(matte, inside, matte);
        Cv2.Subtract(matte, outside, matte);
        return matte.Clone();

        void Extrapolate(Mat from, Mat to)
        {
            using var colours = ForegroundColours.Extrapolate(picture, from);
            colours.CopyTo(to);
        }
    }

    /// <summary>
    /// Refines one tile: applies the guided filter and finds the definite foreground and the definite background. Skips tiles without a boundary.
    /// </summary>
    private static void RefineTile(Rect tile, Mat picture, Mat coarse, int radius, Mat matte, Mat inside, Mat outside)
    {
        // The guided filter averages twice, so it reaches twice its radius.
        var padded = Tiles.Padded(tile, (2 * radius) + 1, picture.Size());
        using var mask = new Mat(coarse, padded);
        if (Cv2.CountNonZero(mask) is var foregroundPixels && (foregroundPixels == 0 || foregroundPixels == padded.Width * padded.Height))
            return;

        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        using var colours = new Mat(picture, padded);
        using var result = new Mat();
        Cv2.Erode(mask, result, disc);
        CopyTile(result, inside);
        Cv2.Dilate(mask, result, disc);
        Cv2.BitwiseNot(result, result);
        CopyTile(result, outside);
        CvXImgProc.GuidedFilter(colours, mask, result, radius, GuidedFilterEpsilon * 255 * 255);
        CopyTile(result, matte);

        void CopyTile(Mat from, Mat to)
        {
            using var middle = new Mat(from, tile - padded.Location);
            using var target = new Mat(to, tile);
            middle.CopyTo(target);
        }
    }

    /// <summary>Projects the observed colour onto the line between two differing colours to get alpha.</summary>
    private static unsafe void Unmix(Mat picture, Mat matte, Mat inside, Mat outside, Mat foreground, Mat background)
    {
        var (width, height) = (picture.Width, picture.Height);
        for (var y = 0; y < height; y++)
        {
            var observed = (byte*)picture.Ptr(y);
            var alpha = (byte*)matte.Ptr(y);
            var isInside = (byte*)inside.Ptr(y);
            var isOutside = (byte*)outside.Ptr(y);
            var front = (byte*)foreground.Ptr(y);
            var back = (byte*)background.Ptr(y);
            for (var x = 0; x < width; x++)
            {
                if (isInside[x] > 0 || isOutside[x] > 0)
                    continue;
                float along = 0, square = 0;
                for (var c = 3 * x; c < (3 * x) + 3; c++)
                {
                    var axis = front[c] - back[c];
                    along += (observed[c] - back[c]) * axis;
                    square += axis * axis;
                }

                // The stretch removes the haze that the guided filter leaves on both sides.
                var guided = Math.Clamp((alpha[x] - 40) / 175f, 0, 1);
                var unmixed = square > 0 ? Math.Clamp(((along / square) - 0.03f) / 0.94f, 0, 1) : guided;
                var weight = 0.9f * square / (square + HalfTrustContrast);
                alpha[x] = (byte)MathF.Round(255 * ((weight * unmixed) + ((1 - weight) * guided)));
            }
        }
    }
}
