using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>What a picture would be without the thing in its middle, where both sides of it show a plain wall, a sweep of paper, or a table before a wall.</summary>
/// <param name="Difference">32 bit: how unlike it each pixel is, in units of L*a*b*.</param>
/// <param name="Plainness">0 (the sides tell nothing) to 1.</param>
internal sealed record Backcloth(Mat Difference, double Plainness) : IDisposable
{
    private const double Strip = 0.06;
    private const double Side = 0.3;
    private const double Top = 0.06;
    private const float Alike = 9;
    private const double Unlike = 5.5;

    /// <summary>A shadow is darker, but not by much and of the same hue.</summary>
    private const float Shadow = 8;

    /// <remarks>
    /// Each row goes from what its left end shows to what its right end shows, through the bend that its outer parts have: so do light that falls off, a
    /// horizon and a table's edge.
    /// </remarks>
    public static Backcloth Of(SmallPicture picture)
    {
        using var smooth = new Mat();
        Cv2.GaussianBlur(picture.Lab, smooth, default, 0.8);
        smooth.GetArray(out Vec3f[] colours);
        var (width, height) = (picture.Width, picture.Height);
        var away = colours.Chunk(width).SelectMany(Straightened).ToArray();
        var bends = Enumerable.Range(0, height).Select(y => Bend(away.AsSpan(y * width, width))).ToArray();
        var differences = new float[away.Length];
        List<float> known = [];
        for (var y = 0; y < height; y++)
        {
            var bend = Middle(bends, y, height / 50);
            for (var x = 0; x < width; x++)
            {
                var at = (y * width) + x;
                var rise = bend * Arch(x, width);
                var (l, a, b) = (away[at].Item0 - rise, away[at].Item1, away[at].Item2);
                if (y < Top * height || Math.Min(x, width - x) < width * Side / 2)
                    known.Add(MathF.Sqrt((l * l) + (a * a) + (b * b)));
                l = l < 0 ? Math.Min(0, l + Shadow) : l;
                differences[at] = MathF.Sqrt((l * l) + (a * a) + (b * b));
            }
        }

        known.Sort();
        var map = new Mat(height, width, MatType.CV_32FC1);
        map.SetArray(differences);
        return new Backcloth(map, Math.Clamp((8 - known[known.Count * 9 / 10]) / 5, 0, 1));
    }

    /// <summary>How well a cut and what is unlike the backcloth are the same, 0 to 1.</summary>
    public double Agreement(Mat mask)
    {
        Difference.GetArray(out float[] differences);
        mask.GetArray(out byte[] inside);
        double both = 0, either = 0;
        for (var i = 0; i < inside.Length; i++)
        {
            var unlike = Math.Clamp((differences[i] - 3) / 6, 0, 1);
            both += inside[i] > 0 ? unlike : 0;
            either += inside[i] > 0 ? 1 : unlike;
        }

        return both / Math.Max(1, either);
    }

    /// <summary>All that is plainly unlike it: 255 there.</summary>
    public Mat Before()
    {
        var mask = new Mat();
        Cv2.Compare(Difference, new Scalar(Unlike), mask, CmpTypes.GT);
        MaskCleaner.Clean(mask);
        return mask;
    }

    /// <summary>A row less the even way from its left end to its right end.</summary>
    private static IEnumerable<Vec3f> Straightened(Vec3f[] row)
    {
        var strip = Math.Max(2, (int)(Strip * row.Length));
        var (left, right) = (Mean(row[..strip]), Mean(row[^strip..]));
        return row.Select((colour, x) => colour - left - ((right - left) * Math.Clamp((x - (strip / 2f)) / (row.Length - strip), 0, 1)));
    }

    private static Vec3f Mean(Vec3f[] colours) => colours.Aggregate((one, other) => one + other) * (1f / colours.Length);

    /// <summary>How much lighter the row becomes towards its middle, told by its outer parts.</summary>
    private static float Bend(ReadOnlySpan<Vec3f> row)
    {
        float along = 0, square = 1e-3f;
        for (var x = 0; x < row.Length; x++)
        {
            if (Math.Min(x, row.Length - x) > Side * row.Length || Math.Abs(row[x].Item0) > Alike)
                continue;
            var arch = Arch(x, row.Length);
            along += row[x].Item0 * arch;
            square += arch * arch;
        }

        return along / square;
    }

    private static float Arch(int x, int width) => 4f * x * (width - x) / width / width;

    private static float Middle(float[] values, int at, int reach)
    {
        var near = values[Math.Max(0, at - reach)..Math.Min(values.Length, at + reach + 1)];
        Array.Sort(near);
        return near[near.Length / 2];
    }

    public void Dispose() => Difference.Dispose();
}
