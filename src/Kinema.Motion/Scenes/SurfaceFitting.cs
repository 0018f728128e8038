using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Fits smooth surfaces to depths that are known in a part of the picture.</summary>
internal static class SurfaceFitting
{
    /// <summary>
    /// Largest slope, in inverse depth over the picture's longer side. The warp finds its source point by fixed-point iteration, which converges only while
    /// camera travel times slope stays well below one.
    /// </summary>
    public const double MaxSlope = 2.4;

    /// <summary>Largest inverse depth from the centre to a corner of a plane fitted to uncertain depths. Vertical structures must not lean.</summary>
    private const double MaxPlaneSlope = 0.12;

    /// <summary>Amplitude of the cylinder in inverse depth, from the mean to the nearest point.</summary>
    private const float CylinderDepth = 0.1f;

    private const int GridLongSide = 48;
    private const int FitLongSide = 160;

    /// <param name="depth">32 bit, any size.</param>
    /// <param name="weight">32 bit, the same size: 0 where the depth is unknown.</param>
    /// <param name="smoothness">Width of the smallest feature that survives, as a fraction of the longer side.</param>
    public static InverseDepth Fit(Mat depth, Mat weight, double smoothness)
    {
        var scale = FitLongSide / (double)Math.Max(depth.Width, depth.Height);
        var size = new Size(Math.Max(8, Math.Round(depth.Width * scale)), Math.Max(8, Math.Round(depth.Height * scale)));
        using var known = new Mat();
        using var product = new Mat();
        Cv2.Multiply(depth, weight, product);
        Cv2.Resize(product, product, size, interpolation: InterpolationFlags.Area);
        Cv2.Resize(weight, known, size, interpolation: InterpolationFlags.Area);
        using var full = PushPull.Fill(product, known);
        var sigma = Math.Max(1.0, smoothness * FitLongSide);
        Cv2.GaussianBlur(full, full, default, sigma, sigma, BorderTypes.Replicate);
        for (var extra = sigma; IsTooSteep(full) && extra < FitLongSide; extra *= 1.3)
            Cv2.GaussianBlur(full, full, default, extra, extra, BorderTypes.Replicate);
        return Sample(full);
    }

    public static InverseDepth FitAll(Mat depth)
    {
        using var weight = new Mat(depth.Size(), MatType.CV_32FC1, Scalar.All(1));
        return Fit(depth, weight, 0.05);
    }

    /// <summary>
    /// The plane that fits uncertain depths best. Under parallax a plane leans or narrows as a whole, so straight lines stay straight. On a bumpy surface they
    /// would bend.
    /// </summary>
    /// <param name="depth">32 bit, any size.</param>
    public static InverseDepth Plane(Mat depth)
    {
        // The coordinate from -1 to 1 has mean zero, so the slope is a quotient of two sums. There is no horizontal slope: a horizon must stay level.
        var height = depth.Rows;
        using var down = Mat.FromPixelData(height, 1, MatType.CV_32FC1, Enumerable.Range(0, height).Select(y => ((y + 0.5f) / height * 2) - 1).ToArray());
        using var rows = new Mat();
        Cv2.Reduce(depth, rows, ReduceDimension.Column, ReduceTypes.Avg, -1);
        var mean = Cv2.Mean(depth).Val0;
        var slope = (float)Math.Clamp(rows.Dot(down) / down.Dot(down), -MaxPlaneSlope, MaxPlaneSlope);
        var middle = (float)Math.Clamp(mean, MaxPlaneSlope, 1 - MaxPlaneSlope);
        return new InverseDepth(2, 2, [middle - slope, middle - slope, middle + slope, middle + slope]);
    }

    /// <summary>
    /// A cylinder: nearest along the vertical centre line and farther on both sides, constant along every column. A camera that moves sideways keeps level
    /// lines level and vertical lines vertical.
    /// </summary>
    public static InverseDepth Cylinder() =>
        new(GridLongSide + 1, 2, [.. Enumerable.Range(0, 2 * (GridLongSide + 1)).Select(i => 0.5f + (CylinderDepth * MathF.Cos(2 * MathF.PI * (((float)(i % (GridLongSide + 1)) / GridLongSide) - 0.5f))))]);

    /// <summary>A surface that is constant along every row, so that no camera move bends or tilts a level line.</summary>
    public static InverseDepth FromRows(float[] rows, int width, double smoothness)
    {
        using var column = Mat.FromPixelData(rows.Length, 1, MatType.CV_32FC1, rows);
        using var depth = new Mat();
        Cv2.Repeat(column, 1, width, depth);
        using var weight = new Mat(depth.Size(), MatType.CV_32FC1, Scalar.All(1));
        return Fit(depth, weight, smoothness);
    }

    /// <summary>
    /// Scales the surfaces of one scene so that the nearest point has inverse depth 1. The factor is at most three, because a rounding error must not separate
    /// one plane.
    /// </summary>
    public static InverseDepth[] Normalise(params IReadOnlyList<InverseDepth> surfaces)
    {
        var nearest = surfaces.Max(surface => surface.Values.Max());
        var factor = (float)Math.Clamp(1 / Math.Max(nearest, 1e-3), 1, 3);
        return [.. surfaces.Select(surface => LimitSlope(surface with { Values = Array.ConvertAll(surface.Values, value => Math.Min(1, value * factor)) }))];
    }

    /// <summary>Averages neighbours until no slope exceeds the limit.</summary>
    private static InverseDepth LimitSlope(InverseDepth surface)
    {
        var (columns, rows, values) = (surface.Columns, surface.Rows, surface.Values);
        var step = 1.0 / (Math.Max(columns, rows) - 1);
        for (var iteration = 0; iteration < 200 && Slopes().Max() > MaxSlope * step / Math.Sqrt(2); iteration++)
        {
            var next = (float[])values.Clone();
            for (var i = 0; i < values.Length; i++)
            {
                var (column, row) = (i % columns, i / columns);
                next[i] = (values[i] + values[i - Math.Sign(column)] + values[column < columns - 1 ? i + 1 : i]
                    + values[row > 0 ? i - columns : i] + values[row < rows - 1 ? i + columns : i]) / 5;
            }

            values = next;
        }

        return surface with { Values = values };

        IEnumerable<float> Slopes()
        {
            for (var i = 0; i < values.Length; i++)
            {
                if (i % columns < columns - 1)
                    yield return Math.Abs(values[i + 1] - values[i]);
                if (i + columns < values.Length)
                    yield return Math.Abs(values[i + columns] - values[i]);
            }
        }
    }

    private static bool IsTooSteep(Mat surface)
    {
        using var across = new Mat();
        using var down = new Mat();
        using var slope = new Mat();
        Cv2.Sobel(surface, across, MatType.CV_32FC1, 1, 0, 3, 1 / 8.0);
        Cv2.Sobel(surface, down, MatType.CV_32FC1, 0, 1, 3, 1 / 8.0);
        Cv2.Magnitude(across, down, slope);
        Cv2.MinMaxLoc(slope, out _, out double steepest);
        return steepest * Math.Max(surface.Width, surface.Height) > MaxSlope;
    }

    private static InverseDepth Sample(Mat surface)
    {
        var longest = Math.Max(surface.Width, surface.Height);
        var columns = Math.Max(4, (GridLongSide * surface.Width / longest) + 1);
        var rows = Math.Max(4, (GridLongSide * surface.Height / longest) + 1);
        var values = new float[columns * rows];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                values[(row * columns) + column] = (float)Math.Clamp(At((double)column / (columns - 1), (double)row / (rows - 1)), 0, 1);
        }

        return new InverseDepth(columns, rows, values);

        double At(double x, double y)
        {
            var (across, down) = (Math.Clamp((x * surface.Width) - 0.5, 0, surface.Width - 1), Math.Clamp((y * surface.Height) - 0.5, 0, surface.Height - 1));
            var (column, row) = (Math.Min((int)across, surface.Width - 2), Math.Min((int)down, surface.Height - 2));
            var (right, below) = (across - column, down - row);
            return (surface.At<float>(row, column) * (1 - right) * (1 - below)) + (surface.At<float>(row, column + 1) * right * (1 - below))
                + (surface.At<float>(row + 1, column) * (1 - right) * below) + (surface.At<float>(row + 1, column + 1) * right * below);
        }
    }
}
