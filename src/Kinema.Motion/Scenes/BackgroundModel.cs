using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>A smooth model of the background, fitted to both sides of the picture: a plain wall, a paper sweep, or a table in front of a wall.</summary>
/// <param name="Difference">32 bit: colour distance of each pixel from the model, in units of L*a*b*.</param>
/// <param name="Uniformity">0 (the sides do not fit the model) to 1.</param>
internal sealed record BackgroundModel(Mat Difference, double Uniformity) : IDisposable
{
    private const double EdgeStripWidth = 0.06;
    private const double SideWidth = 0.3;
    private const double TopHeight = 0.06;
    private const float MaxBackgroundDifference = 9;
    private const double MinForegroundDifference = 5.5;

    /// <summary>Lightness by which a shadow may be darker than the model, L*; a shadow keeps the hue.</summary>
    private const float MaxShadowDarkening = 8;

    /// <remarks>
    /// Each row is a linear ramp from its left end to its right end plus a parabola fitted to its outer parts. This covers light falloff, a horizon and a table
    /// edge.
    /// </remarks>
    public static BackgroundModel Of(AnalysisImage picture)
    {
        using var smooth = new Mat();
        Cv2.GaussianBlur(picture.Lab, smooth, default, 0.8);
        smooth.GetArray(out Vec3f[] colours);
        var (width, height) = (picture.Width, picture.Height);
        var residuals = colours.Chunk(width).SelectMany(SubtractRamp).ToArray();
        var curvatures = Enumerable.Range(0, height).Select(y => LightnessCurvature(residuals.AsSpan(y * width, width))).ToArray();
        var differences = new float[residuals.Length];
        List<float> backgroundDifferences = [];
        for (var y = 0; y < height; y++)
        {
            var curvature = LocalMedian(curvatures, y, height / 50);
            for (var x = 0; x < width; x++)
            {
                var at = (y * width) + x;
                var lift = curvature * Parabola(x, width);
                var (l, a, b) = (residuals[at].Item0 - lift, residuals[at].Item1, residuals[at].Item2);
                if (y < TopHeight * height || Math.Min(x, width - x) < width * SideWidth / 2)
                    backgroundDifferences.Add(MathF.Sqrt((l * l) + (a * a) + (b * b)));
                l = l < 0 ? Math.Min(0, l + MaxShadowDarkening) : l;
                differences[at] = MathF.Sqrt((l * l) + (a * a) + (b * b));
            }
        }

        backgroundDifferences.Sort();
        var map = new Mat(height, width, MatType.CV_32FC1);
        map.SetArray(differences);
        return new BackgroundModel(map, Math.Clamp((8 - backgroundDifferences[backgroundDifferences.Count * 9 / 10]) / 5, 0, 1));
    }

    /// <summary>The overlap (intersection over union, 0 to 1) of a mask with the pixels that differ from the model.</summary>
    public double Agreement(Mat mask)
    {
        Difference.GetArray(out float[] differences);
        mask.GetArray(out byte[] inside);
        double intersection = 0, union = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            var foreground = Math.Clamp((differences[i] - 3) / 6, 0, 1);
            intersection += inside[i] > 0 ? foreground : 0;
            union += inside[i] > 0 ? 1 : foreground;
        }

        return intersection / Math.Max(1, union);
    }

    /// <summary>The mask (255) of all pixels that differ clearly from the model.</summary>
    public Mat ForegroundMask()
    {
        var mask = new Mat();
        Cv2.Compare(Difference, new Scalar(MinForegroundDifference), mask, CmpTypes.GT);
        MaskCleaner.Clean(mask);
        return mask;
    }

    /// <summary>Subtracts the linear ramp from the left end of a row to its right end.</summary>
    private static IEnumerable<Vec3f> SubtractRamp(Vec3f[] row)
    {
        var strip = Math.Max(2, (int)(EdgeStripWidth * row.Length));
        var (left, right) = (Mean(row[..strip]), Mean(row[^strip..]));
        return row.Select((colour, x) => colour - left - ((right - left) * Math.Clamp((x - (strip / 2f)) / (row.Length - strip), 0, 1)));
    }

    private static Vec3f Mean(Vec3f[] colours) => colours.Aggregate((one, other) => one + other) * (1f / colours.Length);

    /// <summary>The amplitude of the lightness parabola of a row, fitted to its outer parts.</summary>
    private static float LightnessCurvature(ReadOnlySpan<Vec3f> row)
    {
        float along = 0, square = 1e-3f;
        for (var x = 0; x < row.Length; x++)
        {
            if (Math.Min(x, row.Length - x) > SideWidth * row.Length || Math.Abs(row[x].Item0) > MaxBackgroundDifference)
                continue;
            var parabola = Parabola(x, row.Length);
            along += row[x].Item0 * parabola;
            square += parabola * parabola;
        }

        return along / square;
    }

    private static float Parabola(int x, int width) => 4f * x * (width - x) / width / width;

    private static float LocalMedian(float[] values, int at, int radius)
    {
        var window = values[Math.Max(0, at - radius)..Math.Min(values.Length, at + radius + 1)];
        Array.Sort(window);
        return window[window.Length / 2];
    }

    public void Dispose() => Difference.Dispose();
}
