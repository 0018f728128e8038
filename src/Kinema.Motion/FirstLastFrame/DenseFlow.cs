using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Dense optical flow from one picture to the other, smooth except at the picture's own edges.</summary>
/// <param name="X">Horizontal flow, pixels, 32-bit float.</param>
/// <param name="Y">Vertical flow, the same.</param>
internal sealed record DenseFlow(Mat X, Mat Y) : IDisposable
{
    private const double Smoothness = 600;
    private const double EdgeCodes = 9;
    private const float DifferenceCodes = 7;

    /// <summary>Relative weight of a point without texture.</summary>
    private const float UntexturedWeight = 0.3f;

    private const float CornerStrength = 1e-4f;

    /// <summary>Tolerance of the forward-backward check, pixels.</summary>
    private const float MaxRoundTripPixels = 1.2f;

    public static DenseFlow Of(FeatureTracks points, FeatureTracks back, Mat grey, Mat guide)
    {
        using var cornerMap = new Mat();
        Cv2.CornerMinEigenVal(grey, cornerMap, 7);
        cornerMap.GetArray(out float[] corners);
        var size = grey.Size();
        var (weight, x, y) = (new float[points.Flow.Length], new float[points.Flow.Length], new float[points.Flow.Length]);
        for (var i = 0; i < points.Flow.Length; i++)
        {
            var (column, row) = (
                (i % points.Columns * MiddlePlaneGrid.PointSpacing) + (MiddlePlaneGrid.PointSpacing / 2),
                (i / points.Columns * MiddlePlaneGrid.PointSpacing) + (MiddlePlaneGrid.PointSpacing / 2));
            var corner = Math.Min(1, corners[(row * size.Width) + column] / CornerStrength);
            var trust = 1e-6f + (MathF.Exp(-points.Difference[i] / DifferenceCodes) * (UntexturedWeight + corner) * RoundTripConsistency(points, back, i));
            (weight[i], x[i], y[i]) = (trust, trust * points.Flow[i].X, trust * points.Flow[i].Y);
        }

        using var smoother = CvXImgProc.CreateFastGlobalSmootherFilter(guide, Smoothness, EdgeCodes);
        using var weights = Smooth(weight);
        return new(Divide(Smooth(x), weights), Divide(Smooth(y), weights));

        Mat Smooth(float[] values)
        {
            using Mat grid = Mat.FromPixelData(points.Rows, points.Columns, MatType.CV_32FC1, values), large = new();
            Cv2.Resize(grid, large, size, 0, 0, InterpolationFlags.Linear);
            var smooth = new Mat();
            smoother.Filter(large, smooth);
            return smooth;
        }
    }

    public void Dispose()
    {
        X.Dispose();
        Y.Dispose();
    }

    /// <summary>Backward-warps the other picture onto this one.</summary>
    public Mat Warp(Mat other)
    {
        X.GetArray(out float[] across);
        Y.GetArray(out float[] down);
        var size = X.Size();
        for (var i = 0; i < across.Length; i++)
            (across[i], down[i]) = (across[i] + (i % size.Width), down[i] + (i / size.Width));
        using var acrossMap = Mat.FromPixelData(size.Height, size.Width, MatType.CV_32FC1, across);
        using var downMap = Mat.FromPixelData(size.Height, size.Width, MatType.CV_32FC1, down);
        var warped = new Mat();
        Cv2.Remap(other, warped, acrossMap, downMap, InterpolationFlags.Linear, BorderTypes.Replicate);
        return warped;
    }

    /// <summary>Forward-backward consistency: 1 where the round trip returns to its start, 0 where it does not (occlusion).</summary>
    public Mat Consistency(DenseFlow back)
    {
        using var backX = Warp(back.X);
        using var backY = Warp(back.Y);
        Cv2.Add(backX, X, backX);
        Cv2.Add(backY, Y, backY);
        var consistency = new Mat();
        Cv2.Magnitude(backX, backY, consistency);
        Cv2.Pow(consistency, 2, consistency);
        consistency.ConvertTo(consistency, MatType.CV_32FC1, -1 / (MaxRoundTripPixels * MaxRoundTripPixels));
        Cv2.Exp(consistency, consistency);
        return consistency;
    }

    /// <summary>Forward-backward consistency of a point, with the best of the points around its target.</summary>
    private static float RoundTripConsistency(FeatureTracks points, FeatureTracks back, int point)
    {
        var flow = points.Flow[point];
        var column = (point % points.Columns) + (flow.X / MiddlePlaneGrid.PointSpacing);
        var row = (point / points.Columns) + (flow.Y / MiddlePlaneGrid.PointSpacing);
        var least = float.MaxValue;
        for (var y = (int)MathF.Floor(row); y <= (int)MathF.Floor(row) + 1; y++)
        {
            for (var x = (int)MathF.Floor(column); x <= (int)MathF.Floor(column) + 1; x++)
            {
                if (x < 0 || y < 0 || x >= points.Columns || y >= points.Rows)
                    continue;
                least = Math.Min(least, (float)(back.Flow[(y * points.Columns) + x] + flow).DistanceTo(default));
            }
        }

        return 0.02f + MathF.Exp(-least * least / (MaxRoundTripPixels * MaxRoundTripPixels));
    }

    private static Mat Divide(Mat sum, Mat weights)
    {
        Cv2.Divide(sum, weights, sum);
        return sum;
    }
}
