using Kinema.Engines;

namespace Kinema.Motion.Tests.Support;

/// <summary>How the content moved from one frame to the next, in pixels, measured from the pictures alone.</summary>
/// <param name="X">To the right, at the middle of the frame.</param>
/// <param name="Y">Downwards, at the middle of the frame.</param>
/// <param name="Growth">Relative growth of everything about the middle.</param>
internal readonly record struct Flow(double X, double Y, double Growth)
{
    private const int Block = 4;

    /// <summary>Blocks beside the edge, which the blur does not treat like the others.</summary>
    private const int Edge = 4;

    /// <remarks>
    /// Lucas and Kanade 1981, with one translation and one scale for the whole frame: the least squares solution of
    /// gx·(X + G·x) + gy·(Y + G·y) = -difference over frames averaged in blocks, whose gradients then reach farther than the move.
    /// </remarks>
    public static Flow Between(ReadOnlySpan<float> before, ReadOnlySpan<float> after, int width, int height)
    {
        Span<double> a = stackalloc double[9];
        Span<double> b = stackalloc double[3];
        for (var y = Edge; y < height - Edge; y++)
        {
            for (var x = Edge; x < width - Edge; x++)
            {
                var at = (y * width) + x;
                double gx = (before[at + 1] - before[at - 1] + after[at + 1] - after[at - 1]) / 4;
                double gy = (before[at + width] - before[at - width] + after[at + width] - after[at - width]) / 4;
                var growth = (gx * (x - ((width - 1) / 2.0))) + (gy * (y - ((height - 1) / 2.0)));
                double difference = before[at] - after[at];
                (a[0], a[1], a[2]) = (a[0] + (gx * gx), a[1] + (gx * gy), a[2] + (gx * growth));
                (a[4], a[5], a[8]) = (a[4] + (gy * gy), a[5] + (gy * growth), a[8] + (growth * growth));
                (b[0], b[1], b[2]) = (b[0] + (gx * difference), b[1] + (gy * difference), b[2] + (growth * difference));
            }
        }

        var determinant = Determinant(a[0], a[1], a[2], a[1], a[4], a[5], a[2], a[5], a[8]);
        return new(
            Block * Determinant(b[0], a[1], a[2], b[1], a[4], a[5], b[2], a[5], a[8]) / determinant,
            Block * Determinant(a[0], b[0], a[2], a[1], b[1], a[5], a[2], b[2], a[8]) / determinant,
            Determinant(a[0], a[1], b[0], a[1], a[4], b[1], a[2], a[5], b[2]) / determinant);
    }

    /// <summary>The luma of a frame, averaged over blocks and blurred: what is left of the finest detail would mislead.</summary>
    public static float[] Shrink(ReadOnlySpan<byte> frame, VideoFormat format)
    {
        var (width, height) = (format.Width / Block, format.Height / Block);
        var small = new float[width * height];
        for (var y = 0; y < height * Block; y++)
        {
            for (var x = 0; x < width * Block; x++)
                small[(y / Block * width) + (x / Block)] += frame[(y * format.Width) + x] / (float)(Block * Block);
        }

        return Blur(Blur(small, width, 1), width, width);
    }

    private static float[] Blur(float[] picture, int width, int step)
    {
        var blurred = (float[])picture.Clone();
        for (var i = 2 * width; i < picture.Length - (2 * width); i++)
            blurred[i] = (picture[i - (2 * step)] + (4 * picture[i - step]) + (6 * picture[i]) + (4 * picture[i + step]) + picture[i + (2 * step)]) / 16;
        return blurred;
    }

    /// <summary>The flow between every two neighbouring frames of a video.</summary>
    public static async Task<List<Flow>> OfAsync(Studio studio, VideoRequest request)
    {
        List<Flow> flows = [];
        float[]? before = null;
        await studio.WatchAsync(request, (frame, format) =>
        {
            var after = Shrink(frame.Pixels.Span, format);
            if (before is not null)
                flows.Add(Between(before, after, format.Width / Block, format.Height / Block));
            before = after;
        });
        return flows;
    }

    private static double Determinant(double a, double b, double c, double d, double e, double f, double g, double h, double i) =>
        (a * ((e * i) - (f * h))) - (b * ((d * i) - (f * g))) + (c * ((d * h) - (e * g)));
}
