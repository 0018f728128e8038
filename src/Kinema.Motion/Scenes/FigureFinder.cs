using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Finds the figure: regions that stand out seed a graph cut, and what it finds is cleaned and judged.</summary>
internal static class FigureFinder
{
    private const int Rounds = 4;
    private const double Smallest = 0.008;
    private const double Largest = 0.72;

    public static Figure Find(SmallPicture picture, Superpixels regions, float[] prominence)
    {
        using var map = regions.Paint(prominence);
        var mask = Cut(picture, regions, prominence, map);
        Clean(mask);
        return new Figure(mask, Judge(picture, map, mask));
    }

    private static Mat Cut(SmallPicture picture, Superpixels regions, float[] prominence, Mat map)
    {
        var threshold = Threshold(map);
        var seeds = new byte[regions.Labels.Length];
        for (var i = 0; i < seeds.Length; i++)
        {
            var (label, value) = (regions.Labels[i], prominence[regions.Labels[i]]);
            seeds[i] = (byte)(value > threshold + ((1 - threshold) * 0.55f) ? GrabCutClasses.FGD
                : value > threshold ? GrabCutClasses.PR_FGD
                : value < threshold * 0.25f || (regions.SideContact[label] > 0 && value < threshold * 0.6f) ? GrabCutClasses.BGD
                : GrabCutClasses.PR_BGD);
        }

        using var classes = new Mat(picture.Height, picture.Width, MatType.CV_8UC1);
        classes.SetArray(seeds);
        var certain = (byte)GrabCutClasses.FGD;
        if (seeds.Contains(certain) && seeds.Any(seed => seed is (byte)GrabCutClasses.BGD or (byte)GrabCutClasses.PR_BGD))
        {
            using var behind = new Mat();
            using var before = new Mat();
            Cv2.GrabCut(picture.Colour, classes, default, behind, before, Rounds, GrabCutModes.InitWithMask);
        }

        // Both kinds of foreground are odd numbers.
        var mask = new Mat();
        using var odd = new Mat();
        Cv2.BitwiseAnd(classes, new Scalar(1), odd);
        Cv2.Compare(odd, new Scalar(0), mask, CmpTypes.GT);
        return mask;
    }

    private static float Threshold(Mat map)
    {
        using var bytes = new Mat();
        using var unused = new Mat();
        map.ConvertTo(bytes, MatType.CV_8UC1, 255);
        return (float)Math.Clamp(Cv2.Threshold(bytes, unused, 0, 255, ThresholdTypes.Otsu) / 255, 0.15, 0.7);
    }

    /// <summary>Specks go, small holes are filled, the outline loses its teeth.</summary>
    private static void Clean(Mat mask)
    {
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(5, 5));
        Cv2.MorphologyEx(mask, mask, MorphTypes.Close, disc);
        Cv2.MorphologyEx(mask, mask, MorphTypes.Open, disc);
        KeepLarge(mask, 0.12, mask.Rows * mask.Cols);
        Cv2.BitwiseNot(mask, mask);
        KeepLarge(mask, 0, mask.Rows * mask.Cols / 40);
        Cv2.BitwiseNot(mask, mask);
    }

    /// <summary>Keeps pieces of at least a share of the largest, or of a number of pixels if that is less.</summary>
    private static void KeepLarge(Mat mask, double share, int pixels)
    {
        using var labels = new Mat();
        using var stats = new Mat();
        using var centres = new Mat();
        var count = Cv2.ConnectedComponentsWithStats(mask, labels, stats, centres, PixelConnectivity.Connectivity4);
        if (count < 2)
            return;
        var areas = Enumerable.Range(0, count).Select(i => stats.At<int>(i, (int)ConnectedComponentsTypes.Area)).ToArray();
        var least = share > 0 ? areas.Skip(1).Max() * share : Math.Min(pixels, areas.Skip(1).Max());
        labels.GetArray(out int[] at);
        var kept = new byte[at.Length];
        for (var i = 0; i < at.Length; i++)
            kept[i] = at[i] > 0 && areas[at[i]] >= least ? (byte)255 : (byte)0;
        mask.SetArray(kept);
    }

    private static double Judge(SmallPicture picture, Mat map, Mat mask)
    {
        var share = (double)Cv2.CountNonZero(mask) / (mask.Rows * mask.Cols);
        if (share is < Smallest or > Largest)
            return 0;
        using var outside = new Mat();
        Cv2.BitwiseNot(mask, outside);
        var standing = Math.Clamp((Cv2.Mean(map, mask).Val0 - Cv2.Mean(map, outside).Val0) * 2, 0, 1);
        var outline = Outline.Certainty(picture, mask);
        return Math.Clamp(standing * outline, 0, 1);
    }
}
