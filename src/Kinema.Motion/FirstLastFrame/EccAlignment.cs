using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>
/// Aligns two small grayscale pictures as a whole, for content with too few distinct features: smooth surfaces, lines of text. Phase correlation (Kuglin and
/// Hines 1975) estimates the shift; ECC alignment (Evangelidis and Psarakis 2008) refines it to an affine map.
/// </summary>
internal static class EccAlignment
{
    /// <summary>Band-pass limits, pixels: finer detail is noise, coarser is lighting.</summary>
    private const double FineSigma = 1, CoarseSigma = 16;

    /// <summary>Minimum correlation of the band-passed pictures where both overlap. Pictures of different things stay far below it.</summary>
    private const double MinCorrelation = 0.8;

    private const double MinOverlap = 0.3;

    /// <summary>Standard deviation, grey codes, below which the detail is only noise.</summary>
    private const double MinContrast = 3;

    /// <returns>The 2 × 3 map from the first picture's pixels to the second one's; null if the alignment fails.</returns>
    public static Mat? Estimate(Mat first, Mat second)
    {
        using Mat from = BandPass(first), to = BandPass(second), window = new();
        if (!HasContrast(from) || !HasContrast(to))
            return null;

        Cv2.CreateHanningWindow(window, from.Size(), MatType.CV_32F);
        var shift = Cv2.PhaseCorrelate(from, to, window, out _);
        Mat? best = null;
        var most = MinCorrelation;
        foreach (var start in new[] { shift, default })
        {
            if (Refine(from, to, start) is not { } map)
                continue;
            var correlation = Correlation(from, to, map);
            if (correlation > most)
                (map, best, most) = (best, map, correlation);
            map?.Dispose();
        }

        return best;
    }

    private static Mat BandPass(Mat grey)
    {
        using Mat codes = new(), coarse = new();
        grey.ConvertTo(codes, MatType.CV_32F);
        Cv2.GaussianBlur(codes, coarse, default, CoarseSigma);
        var fine = new Mat();
        Cv2.GaussianBlur(codes, fine, default, FineSigma);
        Cv2.Subtract(fine, coarse, fine);
        return fine;
    }

    private static bool HasContrast(Mat detail)
    {
        Cv2.MeanStdDev(detail, out _, out var deviation);
        return deviation.Val0 > MinContrast;
    }

    private static Mat? Refine(Mat from, Mat to, Point2d start)
    {
        var map = Mat.Eye(2, 3, MatType.CV_32F).ToMat();
        map.Set(0, 2, (float)start.X);
        map.Set(1, 2, (float)start.Y);
        try
        {
            Cv2.FindTransformECC(from, to, map, MotionTypes.Affine, TermCriteria.Both(60, 1e-5));
            return map;
        }
        catch (OpenCVException)
        {
            // ECC throws when the iteration diverges.
            map.Dispose();
            return null;
        }
    }

    private static double Correlation(Mat from, Mat to, Mat map)
    {
        using Mat moved = new(), full = new(to.Size(), MatType.CV_8U, Scalar.White), covered = new();
        Cv2.WarpAffine(to, moved, map, from.Size(), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap);
        Cv2.WarpAffine(full, covered, map, from.Size(), InterpolationFlags.Nearest | InterpolationFlags.WarpInverseMap);
        if (Cv2.CountNonZero(covered) < MinOverlap * from.Width * from.Height)
            return 0;
        Cv2.MeanStdDev(from, out var meanFrom, out var deviationFrom, covered);
        Cv2.MeanStdDev(moved, out var meanMoved, out var deviationMoved, covered);
        if (deviationFrom.Val0 < MinContrast || deviationMoved.Val0 < MinContrast)
            return 0;
        using var product = new Mat();
        Cv2.Multiply(from, moved, product);
        return (Cv2.Mean(product, covered).Val0 - (meanFrom.Val0 * meanMoved.Val0)) / (deviationFrom.Val0 * deviationMoved.Val0);
    }
}
