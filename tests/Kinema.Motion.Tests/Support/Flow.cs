using Kinema.Engines;

namespace Kinema.Motion.Tests.Support;

/// <summary>The global motion from one frame to the next, in pixels, measured from the images alone.</summary>
/// <param name="X">To the right, at the middle of the frame.</param>
/// <param name="Y">Downwards, at the middle of the frame.</param>
/// <param name="Growth">Relative growth about the middle.</param>
/// <param name="Turn">Clockwise, radians, about the middle.</param>
internal readonly record struct Flow(double X, double Y, double Growth, double Turn)
{
    private const int Block = 4;

    /// <summary>Blocks next to the edge, where the blur is incomplete.</summary>
    private const int Edge = 4;

    /// <remarks>
    /// Lucas and Kanade 1981, with one translation, one scale and one rotation for the whole frame: the least squares solution of gx·(X + G·x - T·y) + gy·(Y +
    /// G·y + T·x) = -difference over frames averaged in blocks, whose gradients then reach farther than the motion.
    /// </remarks>
    public static Flow Between(ReadOnlySpan<float> before, ReadOnlySpan<float> after, int width, int height)
    {
        Span<double> row = stackalloc double[4];
        var system = new double[4, 5];
        for (var y = Edge; y < height - Edge; y++)
        {
            for (var x = Edge; x < width - Edge; x++)
            {
                var at = (y * width) + x;
                double gx = (before[at + 1] - before[at - 1] + after[at + 1] - after[at - 1]) / 4;
                double gy = (before[at + width] - before[at - width] + after[at + width] - after[at - width]) / 4;
                var (right, down) = (x - ((width - 1) / 2.0), y - ((height - 1) / 2.0));
                (row[0], row[1], row[2], row[3]) = (gx, gy, (gx * right) + (gy * down), (gy * right) - (gx * down));
                double difference = before[at] - after[at];
                for (var i = 0; i < 4; i++)
                {
                    for (var j = 0; j < 4; j++)
                        system[i, j] += row[i] * row[j];
                    system[i, 4] += row[i] * difference;
                }
            }
        }

        Solve(system);
        return new(Block * system[0, 4], Block * system[1, 4], system[2, 4], system[3, 4]);
    }

    /// <summary>Gauss-Jordan elimination. The normal equations of a picture with any detail are well conditioned.</summary>
    private static void Solve(double[,] system)
    {
        for (var pivot = 0; pivot < 4; pivot++)
        {
            for (var j = 4; j >= pivot; j--)
                system[pivot, j] /= system[pivot, pivot];
            for (var i = 0; i < 4; i++)
            {
                if (i == pivot)
                    continue;
                for (var j = 4; j >= pivot; j--)
                    system[i, j] -= system[i, pivot] * system[pivot, j];
            }
        }
    }

    /// <summary>The luma of a frame, averaged over blocks and blurred, because the rest of the finest detail would mislead.</summary>
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

    /// <summary>The flow between consecutive frames of a video.</summary>
    public static async Task<List<Flow>> OfAsync(EngineHarness harness, VideoRequest request)
    {
        var meter = new FlowMeter();
        await harness.RenderAsync(request, (frame, format) => meter.Add(frame.Pixels.Span, format));
        return meter.Flows;
    }

    /// <summary>Measures the flow of frames given one after another.</summary>
    internal sealed class FlowMeter
    {
        private float[]? _before;

        public List<Flow> Flows { get; } = [];

        public void Add(ReadOnlySpan<byte> frame, VideoFormat format)
        {
            var after = Shrink(frame, format);
            if (_before is not null)
                Flows.Add(Between(_before, after, format.Width / Block, format.Height / Block));
            _before = after;
        }
    }
}
