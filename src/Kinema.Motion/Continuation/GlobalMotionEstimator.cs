using OpenCvSharp;

namespace Kinema.Motion.Continuation;

/// <summary>Estimates the camera motion between two frames of a clip.</summary>
internal static class GlobalMotionEstimator
{
    private const int MaxCorners = 400;
    private const int MinInliers = 12;

    /// <summary>Below this inlier ratio, moving objects dominate the estimate.</summary>
    private const double MinInlierRatio = 0.4;

    /// <param name="before">Luma, 8 bit, at the analysis height.</param>
    /// <param name="after">The same size.</param>
    /// <returns>Null if there are too few feature tracks or inliers.</returns>
    public static SimilarityTransform? Estimate(Mat before, Mat after)
    {
        var corners = Cv2.GoodFeaturesToTrack(before, MaxCorners, 0.01, Math.Max(3, before.Height / 40.0), null!, 3, useHarrisDetector: false, 0.04);
        if (corners.Length < MinInliers)
            return null;

        var found = Array.Empty<Point2f>();
        Cv2.CalcOpticalFlowPyrLK(before, after, corners, ref found, out var status, out _, new Size(15, 15), 3);
        List<Point2f> from = [];
        List<Point2f> to = [];
        for (var i = 0; i < corners.Length; i++)
        {
            if (status[i] == 0)
                continue;
            from.Add(Centred(corners[i], before));
            to.Add(Centred(found[i], before));
        }

        return from.Count < MinInliers ? null : Fit(from, to, before.Height);
    }

    private static SimilarityTransform? Fit(List<Point2f> from, List<Point2f> to, double height)
    {
        using var mask = new Mat();
        using var source = InputArray.Create(from);
        using var target = InputArray.Create(to);
        using var matrix = Cv2.EstimateAffinePartial2D(source, target, mask, RobustEstimationAlgorithms.RANSAC, ransacReprojThreshold: 0.7);
        if (matrix is null || matrix.Empty())
            return null;

        var inliers = Cv2.CountNonZero(mask);
        if (inliers < MinInliers || inliers < MinInlierRatio * from.Count)
            return null;
        var (a, b) = (matrix.At<double>(0, 0), matrix.At<double>(1, 0));
        return new(matrix.At<double>(0, 2) / height, matrix.At<double>(1, 2) / height, Math.Log(Math.Sqrt((a * a) + (b * b))), Math.Atan2(b, a));
    }

    private static Point2f Centred(Point2f point, Mat frame) => new(point.X - ((frame.Width - 1) / 2f), point.Y - ((frame.Height - 1) / 2f));
}
