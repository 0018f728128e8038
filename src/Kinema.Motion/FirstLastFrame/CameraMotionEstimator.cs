using OpenCvSharp;
using OpenCvSharp.Features2D;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Estimates the camera motion between two small grayscale pictures: a RANSAC fit to SIFT matches, else a whole-image alignment.</summary>
internal static class CameraMotionEstimator
{
    private const int Features = 1500;

    /// <summary>Ratio test: a match must be this much closer than the second best (Lowe 2004).</summary>
    private const float MaxDistanceRatio = 0.8f;

    private const double RansacPixels = 2;
    private const int MinInliers = 18;
    private const double MinInlierRatio = 0.2;

    /// <summary>A homography (8 degrees of freedom) must have this many times the inliers of a similarity (4).</summary>
    private const double HomographyGain = 1.08;

    private const double MaxScale = 3.5;
    private const double MaxRotation = 60 * Math.PI / 180;

    public static CameraFit Estimate(Mat first, Mat second)
    {
        var fit = FromFeatures(first, second);
        if (fit.Found)
            return fit;

        using var map = EccAlignment.Estimate(first, second);
        return map is not null && FromPixels(map, first.Size()) is var found && IsPlausible(found, first.Width / (double)first.Height)
            ? fit with { Kind = "alignment", Map = found, FailureReason = null }
            : fit;
    }

    private static CameraFit FromFeatures(Mat first, Mat second)
    {
        var pairs = Match(first, second);
        if (pairs.Length < MinInliers)
            return CameraFit.None($"only {pairs.Length} points are found in both pictures", pairs.Length, 0, []);

        using var from = Mat.FromPixelData(pairs.Length, 1, MatType.CV_64FC2, pairs.SelectMany(pair => new[] { pair.FromX, pair.FromY }).ToArray());
        using var to = Mat.FromPixelData(pairs.Length, 1, MatType.CV_64FC2, pairs.SelectMany(pair => new[] { pair.ToX, pair.ToY }).ToArray());
        using var explainedBySimilarity = new Mat();
        using var explainedByHomography = new Mat();
        using var similarity = Cv2.EstimateAffinePartial2D(from, to, explainedBySimilarity, RobustEstimationAlgorithms.RANSAC, RansacPixels, 4000, 0.995, 20);
        using var homography = Cv2.FindHomography(from, to, HomographyMethods.USAC_MAGSAC, RansacPixels, explainedByHomography, 4000, 0.995);
        var bySimilarity = similarity is null || similarity.Empty() ? 0 : Cv2.CountNonZero(explainedBySimilarity);
        var byHomography = homography is null || homography.Empty() ? 0 : Cv2.CountNonZero(explainedByHomography);

        if (byHomography > Math.Max(MinInliers, bySimilarity * HomographyGain)
            && Fit("homography", homography!, explainedByHomography, byHomography) is { } fit)
            return fit;
        if (bySimilarity > 0 && Fit("similarity", similarity!, explainedBySimilarity, bySimilarity) is { } plain)
            return plain;
        var most = Math.Max(bySimilarity, byHomography);
        return CameraFit.None($"no camera move explains the {pairs.Length} points found in both pictures", pairs.Length, most, Centred(pairs, first.Size()));

        CameraFit? Fit(string kind, Mat map, Mat explained, int inliers)
        {
            var found = FromPixels(map, first.Size());
            if (inliers < MinInliers || inliers < MinInlierRatio * pairs.Length || !IsPlausible(found, first.Width / (double)first.Height))
                return null;
            var outliers = pairs.Where((_, i) => explained.At<byte>(i) == 0).ToArray();
            return new(kind, found, pairs.Length, inliers) { Outliers = Centred(outliers, first.Size()) };
        }
    }

    /// <summary>Whether the map neither folds nor mirrors, and stays within the motion of a camera between two pictures of one scene.</summary>
    private static bool IsPlausible(in Homography map, double aspect)
    {
        if (!map.IsFinite)
            return false;

        var middle = map.AreaScale(0, 0);
        Span<(double X, double Y)> corners = [(-aspect / 2, -0.5), (aspect / 2, -0.5), (-aspect / 2, 0.5), (aspect / 2, 0.5)];
        foreach (var (x, y) in corners)
        {
            var growth = map.AreaScale(x, y);
            // Written so that NaN fails.
            if (!(growth > middle / 6 && growth < middle * 6))
                return false;
        }

        var scale = Math.Sqrt(middle);
        var (left, right) = (map.Apply(-0.25, 0), map.Apply(0.25, 0));
        var turn = Math.Atan2(right.Y - left.Y, right.X - left.X);
        return scale is > 1 / MaxScale and < MaxScale && Math.Abs(turn) < MaxRotation;
    }

    private static PointMatch[] Match(Mat first, Mat second)
    {
        using var detector = SIFT.Create(Features, contrastThreshold: 0.02);
        using var firstDescriptors = new Mat();
        using var secondDescriptors = new Mat();
        detector.DetectAndCompute(first, null, out var firstPoints, firstDescriptors);
        detector.DetectAndCompute(second, null, out var secondPoints, secondDescriptors);
        if (firstPoints.Length < 2 || secondPoints.Length < 2)
            return [];

        using var matcher = new BFMatcher(NormTypes.L2);
        return [.. matcher.KnnMatch(firstDescriptors, secondDescriptors, 2)
            .Where(pair => pair.Length == 2 && pair[0].Distance < MaxDistanceRatio * pair[1].Distance)
            .Select(pair => (From: firstPoints[pair[0].QueryIdx].Pt, To: secondPoints[pair[0].TrainIdx].Pt))
            // A point with several matches is unreliable; a point with two orientations is a duplicate.
            .DistinctBy(pair => pair.To).DistinctBy(pair => pair.From)
            .Select(pair => new PointMatch(pair.From.X, pair.From.Y, pair.To.X, pair.To.Y))];
    }

    private static PointMatch[] Centred(PointMatch[] pairs, Size size)
    {
        return [.. pairs.Select(pair => new PointMatch(X(pair.FromX), Y(pair.FromY), X(pair.ToX), Y(pair.ToY)))];

        double X(double x) => (x + 0.5 - (size.Width / 2.0)) / size.Height;
        double Y(double y) => (y + 0.5 - (size.Height / 2.0)) / size.Height;
    }

    private static Homography FromPixels(Mat pixelMap, Size size)
    {
        using var map = new Mat();
        pixelMap.ConvertTo(map, MatType.CV_64F);
        var last = map.Rows == 3 ? (map.At<double>(2, 0), map.At<double>(2, 1), map.At<double>(2, 2)) : (0, 0, 1);
        var pixels = new Homography(
            map.At<double>(0, 0), map.At<double>(0, 1), map.At<double>(0, 2),
            map.At<double>(1, 0), map.At<double>(1, 1), map.At<double>(1, 2),
            last.Item1, last.Item2, last.Item3);
        var toPixels = new Homography(size.Height, 0, (size.Width / 2.0) - 0.5, 0, size.Height, (size.Height / 2.0) - 0.5, 0, 0, 1);
        var centred = toPixels.Inverse() * pixels * toPixels;
        return centred * (1 / centred.I);
    }
}
