using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Assigns depth to the foreground object: ground depth at its contact point, and a gap to the background above it.</summary>
internal static class ForegroundPlacement
{
    private const double MinDepthGap = 0.22;
    private const double Roundness = 0.07;

    /// <param name="depth">Background depth at analysis size, 32 bit.</param>
    /// <param name="confidence">Of the segmentation. A lower confidence reduces the gap.</param>
    /// <param name="isConfirmed">The whole boundary is certain, so the object keeps its full gap everywhere.</param>
    /// <param name="orbit">The camera only orbits, so the object is a rounded surface. For a rising or approaching camera a rounded surface would bend level
    /// and straight lines.</param>
    /// <returns>The surface of the background and the surface of the object.</returns>
    public static (InverseDepth Rear, InverseDepth Front) Of(AnalysisImage picture, Mat depth, Mat foreground, double confidence, bool isConfirmed, bool orbit)
    {
        using var mask = new Mat();
        Cv2.Resize(foreground, mask, depth.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.Threshold(mask, mask, 127, 255, ThresholdTypes.Binary);
        using var outside = new Mat();
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(9, 9));
        Cv2.Dilate(mask, outside, disc);
        Cv2.BitwiseNot(outside, outside);
        using var known = new Mat();
        outside.ConvertTo(known, MatType.CV_32FC1, 1 / 255.0);
        var bounds = Cv2.BoundingRect(mask);
        var rows = RowDepths(depth, known);
        var contactDepth = ContactDepth(mask, bounds, rows);
        RaiseGround(rows, bounds, contactDepth);
        var rear = SurfaceFitting.FromRows(rows, depth.Cols, 0.06);

        using var separation = DepthSeparation(picture, mask);
        Cv2.Multiply(separation, new Scalar(Math.Clamp((confidence - 0.25) / 0.4, 0, 1)), separation);
        Cv2.Max(separation, new Scalar(isConfirmed ? 1 : 0), separation);
        using var foregroundDepth = ForegroundDepth(mask, contactDepth, rear, separation, orbit ? Roundness : 0);
        using var solid = new Mat();
        mask.ConvertTo(solid, MatType.CV_32FC1, 1 / 255.0);
        return (rear, SurfaceFitting.Fit(foregroundDepth, solid, 0.035));
    }

    /// <summary>
    /// The allowed depth gap between object and background, 0 to 1: full where the boundary has contrast, none where it has not. Without a gap the two surfaces
    /// meet, and a segmentation error stays invisible.
    /// </summary>
    private static Mat DepthSeparation(AnalysisImage picture, Mat mask)
    {
        using var contrast = MaskBoundary.ContrastMap(picture, mask);
        using var boundary = MaskBoundary.Pixels(mask);
        using var weight = new Mat();
        boundary.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        // A contrast from about one half on counts as certain.
        Cv2.Multiply(contrast, new Scalar(2.2), contrast);
        Cv2.Subtract(contrast, new Scalar(0.4), contrast);
        Cv2.Min(contrast, new Scalar(1), contrast);
        Cv2.Max(contrast, new Scalar(0), contrast);
        Cv2.Multiply(contrast, weight, contrast);
        var sigma = Math.Max(picture.Width, picture.Height) / 40.0;
        Cv2.GaussianBlur(contrast, contrast, default, sigma);
        Cv2.GaussianBlur(weight, weight, default, sigma);
        Cv2.Max(weight, new Scalar(1e-6), weight);
        Cv2.Divide(contrast, weight, contrast);
        using var blend = new Mat();
        Cv2.Multiply(weight, new Scalar(20), blend);
        Cv2.Min(blend, new Scalar(1), blend);
        Cv2.Multiply(contrast, blend, contrast);
        return PushPull.Fill(contrast, blend);
    }

    private static Mat ForegroundDepth(Mat mask, double contactDepth, InverseDepth rear, Mat separation, double roundness)
    {
        var (columns, rows) = (mask.Cols, mask.Rows);
        mask.GetArray(out byte[] inside);
        var spans = inside.Chunk(columns).Select(Span).ToArray();
        var widest = Math.Max(1f, spans.Max(span => span.Half));
        var foregroundDepth = new Mat(mask.Size(), MatType.CV_32FC1);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                // The vertical centre line is nearest. A narrow part is less round than a wide one.
                var (middle, half) = spans[y];
                var side = half > 0 ? Math.Clamp((x - middle) / half, -1, 1) : 0;
                var rounded = contactDepth - (roundness * half / widest * (1 - Math.Sqrt(1 - (side * side))));
                var behind = rear.At((x + 0.5) / columns, (y + 0.5) / rows);
                foregroundDepth.Set(y, x, (float)(behind + (separation.At<float>(y, x) * Math.Max(0, rounded - behind))));
            }
        }

        return foregroundDepth;
    }

    private static (float Middle, float Half) Span(byte[] row)
    {
        var (left, right) = (Array.FindIndex(row, value => value > 0), Array.FindLastIndex(row, value => value > 0));
        return left < 0 ? (0, 0) : ((left + right) / 2f, (right - left + 1) / 2f);
    }

    /// <summary>
    /// The mean depth of each row beside the object. The depth behind an object is too uncertain to vary along a row. A constant row keeps horizons and table
    /// edges straight.
    /// </summary>
    private static float[] RowDepths(Mat depth, Mat known)
    {
        using var weighted = new Mat();
        Cv2.Multiply(depth, known, weighted);
        using Mat sums = new(), weights = new();
        Cv2.Reduce(weighted, sums, ReduceDimension.Column, ReduceTypes.Sum, -1);
        Cv2.Reduce(known, weights, ReduceDimension.Column, ReduceTypes.Sum, -1);
        var rows = new float[depth.Rows];
        for (var y = 0; y < rows.Length; y++)
            rows[y] = weights.At<float>(y) > 0.5f ? sums.At<float>(y) / weights.At<float>(y) : y > 0 ? rows[y - 1] : (float)Cv2.Mean(depth).Val0;
        return rows;
    }

    /// <summary>The ground depth at the contact point. An object cut off by the lower edge is a little nearer than the ground.</summary>
    private static double ContactDepth(Mat mask, Rect bounds, float[] rows)
    {
        var ground = rows[Math.Min(bounds.Bottom, rows.Length - 1)];
        var columns = mask.Cols;
        mask.GetArray(out byte[] inside);
        double behind = 0, count = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] == 0)
                continue;
            behind += rows[i / columns];
            count++;
        }

        return Math.Clamp(Math.Max(IsCutOff(bounds, rows) ? ground + 0.1 : ground, (behind / Math.Max(1, count)) + MinDepthGap), 0, 1);
    }

    /// <summary>Raises the ground to the contact depth of the object, so that its shadow stays in place.</summary>
    private static void RaiseGround(float[] rows, Rect bounds, double contactDepth)
    {
        if (IsCutOff(bounds, rows))
            return;
        var lift = Math.Max(0, contactDepth - rows[bounds.Bottom]);
        var from = bounds.Bottom - Math.Max(0.15 * rows.Length, 0.6 * bounds.Height);
        for (var y = 0; y < rows.Length; y++)
        {
            var blend = Math.Clamp((y - from) / (bounds.Bottom - from), 0, 1);
            rows[y] = (float)Math.Min(1, rows[y] + (lift * Easing.SmoothStep(blend)));
        }
    }

    private static bool IsCutOff(Rect bounds, float[] rows) => bounds.Bottom >= rows.Length - 2;
}
