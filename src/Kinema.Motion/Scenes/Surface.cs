using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Makes the smooth surface of a layer from depths known in a part of the picture only.</summary>
internal static class Surface
{
    /// <summary>
    /// Steepest slope, in inverse depth over the picture's longer side. A warp looks for its source by repeated guesses, which close in on one place
    /// only while camera travel times slope stays well under one.
    /// </summary>
    public const double Steepest = 2.4;

    /// <summary>Inverse depth from the middle to a corner of a plane that is only a guess: what stands upright must not lean.</summary>
    private const double SteepestGuess = 0.12;

    /// <summary>Inverse depth from the middle distance to the nearest of a picture that is rounded for want of a figure.</summary>
    private const float Roundness = 0.1f;

    private const int LongGrid = 48;
    private const int Finest = 160;

    /// <param name="depth">32 bit, any size.</param>
    /// <param name="weight">32 bit, the same size: 0 where the depth is not known.</param>
    /// <param name="smoothness">Width of the smallest feature that is kept, as a fraction of the longer side.</param>
    public static InverseDepth Fit(Mat depth, Mat weight, double smoothness)
    {
        var scale = Finest / (double)Math.Max(depth.Width, depth.Height);
        var size = new Size(Math.Max(8, Math.Round(depth.Width * scale)), Math.Max(8, Math.Round(depth.Height * scale)));
        using var known = new Mat();
        using var product = new Mat();
        Cv2.Multiply(depth, weight, product);
        Cv2.Resize(product, product, size, interpolation: InterpolationFlags.Area);
        Cv2.Resize(weight, known, size, interpolation: InterpolationFlags.Area);
        using var full = PushPull.Fill(product, known);
        var sigma = Math.Max(1.0, smoothness * Finest);
        Cv2.GaussianBlur(full, full, default, sigma, sigma, BorderTypes.Replicate);
        for (var more = sigma; TooSteep(full) && more < Finest; more *= 1.3)
            Cv2.GaussianBlur(full, full, default, more, more, BorderTypes.Replicate);
        return Sample(full);
    }

    public static InverseDepth Everywhere(Mat depth)
    {
        using var weight = new Mat(depth.Size(), MatType.CV_32FC1, Scalar.All(1));
        return Fit(depth, weight, 0.05);
    }

    /// <summary>
    /// The plane that lies closest to depths of which no single one is certain. Seen from elsewhere a plane leans or narrows as a whole: straight things in
    /// the picture stay straight, which on a bumpy surface they would not.
    /// </summary>
    /// <param name="depth">32 bit, any size.</param>
    public static InverseDepth Plane(Mat depth)
    {
        // Down from -1 to 1 is independent of the mean, so that the slope is a quotient of two sums. Across there is none: a horizon must stay level.
        var height = depth.Rows;
        using var down = Mat.FromPixelData(height, 1, MatType.CV_32FC1, Enumerable.Range(0, height).Select(y => ((y + 0.5f) / height * 2) - 1).ToArray());
        using var rows = new Mat();
        Cv2.Reduce(depth, rows, ReduceDimension.Column, ReduceTypes.Avg, -1);
        var mean = Cv2.Mean(depth).Val0;
        var slope = (float)Math.Clamp(rows.Dot(down) / down.Dot(down), -SteepestGuess, SteepestGuess);
        var middle = (float)Math.Clamp(mean, SteepestGuess, 1 - SteepestGuess);
        return new InverseDepth(2, 2, [middle - slope, middle - slope, middle + slope, middle + slope]);
    }

    /// <summary>
    /// Nearest along the upright line through the middle and farther to both sides, alike at every height: a camera that goes sideways before it leaves
    /// level lines level and upright ones upright.
    /// </summary>
    public static InverseDepth Column() =>
        new(LongGrid + 1, 2, [.. Enumerable.Range(0, 2 * (LongGrid + 1)).Select(i => 0.5f + (Roundness * MathF.Cos(2 * MathF.PI * (((float)(i % (LongGrid + 1)) / LongGrid) - 0.5f))))]);

    /// <summary>A surface that is alike along every row, so that no level line bends or leans whichever way the camera goes.</summary>
    public static InverseDepth OfRows(float[] rows, int width, double smoothness)
    {
        using var column = Mat.FromPixelData(rows.Length, 1, MatType.CV_32FC1, rows);
        using var depth = new Mat();
        Cv2.Repeat(column, 1, width, depth);
        using var weight = new Mat(depth.Size(), MatType.CV_32FC1, Scalar.All(1));
        return Fit(depth, weight, smoothness);
    }

    /// <summary>
    /// Surfaces of one scene, brought to where the nearest thing of it is at 1; but no farther than three times nearer, because what seems to lie in one
    /// plane should not part for a rounding.
    /// </summary>
    public static InverseDepth[] Stretch(params IReadOnlyList<InverseDepth> surfaces)
    {
        var nearest = surfaces.Max(surface => surface.Values.Max());
        var factor = (float)Math.Clamp(1 / Math.Max(nearest, 1e-3), 1, 3);
        return [.. surfaces.Select(surface => Ease(surface with { Values = Array.ConvertAll(surface.Values, value => Math.Min(1, value * factor)) }))];
    }

    /// <summary>Averages neighbours until no slope is too steep.</summary>
    private static InverseDepth Ease(InverseDepth surface)
    {
        var (columns, rows, values) = (surface.Columns, surface.Rows, surface.Values);
        var step = 1.0 / (Math.Max(columns, rows) - 1);
        for (var round = 0; round < 200 && Slopes().Max() > Steepest * step / Math.Sqrt(2); round++)
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

    private static bool TooSteep(Mat surface)
    {
        using var across = new Mat();
        using var down = new Mat();
        using var slope = new Mat();
        Cv2.Sobel(surface, across, MatType.CV_32FC1, 1, 0, 3, 1 / 8.0);
        Cv2.Sobel(surface, down, MatType.CV_32FC1, 0, 1, 3, 1 / 8.0);
        Cv2.Magnitude(across, down, slope);
        Cv2.MinMaxLoc(slope, out _, out double steepest);
        return steepest * Math.Max(surface.Width, surface.Height) > Steepest;
    }

    private static InverseDepth Sample(Mat surface)
    {
        var longest = Math.Max(surface.Width, surface.Height);
        var columns = Math.Max(4, (LongGrid * surface.Width / longest) + 1);
        var rows = Math.Max(4, (LongGrid * surface.Height / longest) + 1);
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
