using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Finds the depth levels at which a depth map is so discontinuous that the nearer part needs its own layer.</summary>
internal static class DepthDiscontinuities
{
    private const int MaxLevels = 2;
    private const double MinDepthStep = 0.14;
    private const double MinLevelGap = 0.18;

    /// <param name="depth">32 bit inverse depth, 0 to 1.</param>
    /// <returns>8 bit masks of the pixels nearer than each level, the nearest first.</returns>
    public static IReadOnlyList<Mat> Find(Mat depth)
    {
        List<(double Level, double Score)> found = [];
        for (var level = 0.14; level < 0.9; level += 0.04)
        {
            using var mask = Nearer(depth, level);
            found.Add((level, Score(depth, mask)));
        }

        List<(double Level, Mat Mask)> levels = [];
        foreach (var (level, score) in found.OrderByDescending(candidate => candidate.Score))
        {
            if (score < MinDepthStep || levels.Count == MaxLevels)
                break;
            var mask = Nearer(depth, level);
            if (levels.TrueForAll(candidate => Math.Abs(candidate.Level - level) >= MinLevelGap && AreDistinct(candidate.Mask, mask)))
                levels.Add((level, mask));
            else
                mask.Dispose();
        }

        return [.. levels.OrderByDescending(candidate => candidate.Level).Select(candidate => candidate.Mask)];
    }

    /// <summary>Two levels within one depth step give the same boundary, so the second adds nothing.</summary>
    private static bool AreDistinct(Mat one, Mat other)
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

    /// <summary>The depth step across the boundary, measured over a few pixels on both sides; three quarters of the boundary reach it.</summary>
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
        using var step = new Mat();
        Cv2.Subtract(highest, lowest, step);
        using var boundary = MaskBoundary.Pixels(mask);
        boundary.GetArray(out byte[] isBoundary);
        step.GetArray(out float[] steps);
        var boundarySteps = steps.Where((_, i) => isBoundary[i] > 0).Order().ToArray();
        return boundarySteps.Length < 12 ? 0 : boundarySteps[boundarySteps.Length / 4];
    }
}
