using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Where a map of depths falls off so steeply that the near part must be a layer of its own.</summary>
internal static class DepthCuts
{
    private const int Most = 2;
    private const double Steep = 0.14;
    private const double Apart = 0.18;

    /// <param name="depth">32 bit inverse depth, 0 to 1.</param>
    /// <returns>8 bit masks of what is nearer than each cut, the nearest first.</returns>
    public static IReadOnlyList<Mat> Find(Mat depth)
    {
        List<(double Level, double Score)> found = [];
        for (var level = 0.14; level < 0.9; level += 0.04)
        {
            using var mask = Nearer(depth, level);
            found.Add((level, Score(depth, mask)));
        }

        List<(double Level, Mat Mask)> cuts = [];
        foreach (var (level, score) in found.OrderByDescending(cut => cut.Score))
        {
            if (score < Steep || cuts.Count == Most)
                break;
            var mask = Nearer(depth, level);
            if (cuts.TrueForAll(cut => Math.Abs(cut.Level - level) >= Apart && Differ(cut.Mask, mask)))
                cuts.Add((level, mask));
            else
                mask.Dispose();
        }

        return [.. cuts.OrderByDescending(cut => cut.Level).Select(cut => cut.Mask)];
    }

    /// <summary>Two levels within one fall of depth cut along one outline: the second cut would add nothing.</summary>
    private static bool Differ(Mat one, Mat other)
    {
        using var between = new Mat();
        Cv2.Absdiff(one, other, between);
        return Cv2.CountNonZero(between) > 0.15 * Math.Min(Cv2.CountNonZero(one), Cv2.CountNonZero(other));
    }

    private static Mat Nearer(Mat depth, double level)
    {
        var mask = new Mat();
        Cv2.Compare(depth, new Scalar(level), mask, CmpTypes.GT);
        MaskCleaner.Clean(mask);
        return mask;
    }

    /// <summary>The fall of depth across the outline, a few pixels on either side, that three quarters of the outline have.</summary>
    private static double Score(Mat depth, Mat mask)
    {
        var share = (double)Cv2.CountNonZero(mask) / (mask.Rows * mask.Cols);
        if (share is < 0.01 or > 0.9)
            return 0;
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(7, 7));
        using var highest = new Mat();
        using var lowest = new Mat();
        Cv2.Dilate(depth, highest, disc);
        Cv2.Erode(depth, lowest, disc);
        using var fall = new Mat();
        Cv2.Subtract(highest, lowest, fall);
        using var line = Outline.Line(mask);
        line.GetArray(out byte[] on);
        fall.GetArray(out float[] falls);
        var along = falls.Where((_, i) => on[i] > 0).Order().ToArray();
        return along.Length < 12 ? 0 : along[along.Length / 4];
    }
}
