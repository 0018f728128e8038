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

        using var matte = coarse.Clone();
        using var inside = coarse.Clone();
        using var outside = new Mat();
        Cv2.BitwiseNot(coarse, outside);
        var tiles = Tiles.Of(picture.Size()).ToArray();
        Parallel.ForEach(tiles, new ParallelOptions { CancellationToken = ct }, tile => Look(tile, picture, coarse, radius, matte, inside, outside));

        using Mat figure = new(), ground = new();
        Parallel.Invoke(
            new ParallelOptions { CancellationToken = ct },
            () => Spread(inside, figure),
            () => Spread(outside, ground));
        Unmix(picture, matte, inside, outside, figure, ground);
        Cv2.MedianBlur(matte, matte, 3);
        Cv2.GaussianBlur(matte, matte, default, Math.Max(0.5, 0.3 * blur));
        Cv2.Max(matte, inside, matte);
        Cv2.Subtract(matte, outside, matte);
        return matte.Clone();

        void Spread(Mat from, Mat to)
        {
            using var colours = EdgeColours.Spread(picture, from);
            colours.CopyTo(to);
        }
    }

    /// <summary>Guides the mask by the picture and finds what is surely in and surely out, in one tile. Where no outline is near, all that is known.</summary>
    private static void Look(Rect tile, Mat picture, Mat coarse, int radius, Mat matte, Mat inside, Mat outside)
    {
        // The guided filter averages averages: it sees twice its radius.
        var reach = Tiles.Grown(tile, (2 * radius) + 1, picture.Size());
        using var mask = new Mat(coarse, reach);
        if (Cv2.CountNonZero(mask) is var figures && (figures == 0 || figures == reach.Width * reach.Height))
            return;

        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        using var colours = new Mat(picture, reach);
        using var found = new Mat();
        Cv2.Erode(mask, found, disc);
        Keep(found, inside);
        Cv2.Dilate(mask, found, disc);
        Cv2.BitwiseNot(found, found);
        Keep(found, outside);
        CvXImgProc.GuidedFilter(colours, mask, found, radius, Guide * 255 * 255);
        Keep(found, matte);

        void Keep(Mat from, Mat to)
        {
            using var middle = new Mat(from, tile - reach.Location);
            using var place = new Mat(to, tile);
            middle.CopyTo(place);
        }
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
