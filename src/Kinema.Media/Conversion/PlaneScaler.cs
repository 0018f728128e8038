namespace Kinema.Media;

/// <summary>Enlarges one plane of 8-bit samples by cubic convolution, first across, then down.</summary>
/// <remarks>Keys 1981, a = −½: samples of a linear ramp stay on the ramp. Borders repeat.</remarks>
internal sealed class PlaneScaler(int width, int height, int targetWidth, int targetHeight, double site)
{
    /// <summary>Place of a sample across its cell: the middle for luma, a quarter for chroma that sits on the left of two luma samples.</summary>
    public const double Centered = 0.5, LeftSited = 0.25;

    private const int Taps = 4;

    private readonly (int[] Indexes, float[] Weights) _across = TapsOf(width, targetWidth, site);
    private readonly (int[] Indexes, float[] Weights) _down = TapsOf(height, targetHeight, Centered);
    private readonly float[] _rows = new float[targetWidth * height];

    public void Scale(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var y = 0; y < height; y++)
        {
            var from = source.Slice(y * width, width);
            var to = _rows.AsSpan(y * targetWidth, targetWidth);
            for (var x = 0; x < targetWidth; x++)
            {
                var sum = 0f;
                for (var tap = x * Taps; tap < (x + 1) * Taps; tap++)
                    sum += _across.Weights[tap] * from[_across.Indexes[tap]];
                to[x] = sum;
            }
        }

        for (var y = 0; y < targetHeight; y++)
        {
            var weights = _down.Weights.AsSpan(y * Taps, Taps);
            var to = target.Slice(y * targetWidth, targetWidth);
            var a = Row(y, 0);
            var b = Row(y, 1);
            var c = Row(y, 2);
            var d = Row(y, 3);
            for (var x = 0; x < targetWidth; x++)
                to[x] = (byte)Math.Clamp((weights[0] * a[x]) + (weights[1] * b[x]) + (weights[2] * c[x]) + (weights[3] * d[x]) + 0.5f, 0, 255);
        }
    }

    private ReadOnlySpan<float> Row(int y, int tap) => _rows.AsSpan(_down.Indexes[(y * Taps) + tap] * targetWidth, targetWidth);

    private static (int[] Indexes, float[] Weights) TapsOf(int from, int to, double site)
    {
        var (indexes, weights) = (new int[to * Taps], new float[to * Taps]);
        for (var i = 0; i < to; i++)
        {
            var place = ((i + site) * from / to) - site;
            var first = (int)Math.Floor(place) - 1;
            for (var tap = 0; tap < Taps; tap++)
            {
                indexes[(i * Taps) + tap] = Math.Clamp(first + tap, 0, from - 1);
                weights[(i * Taps) + tap] = (float)Weight(Math.Abs(place - (first + tap)));
            }
        }

        return (indexes, weights);
    }

    private static double Weight(double distance) => distance switch
    {
        <= 1 => (((1.5 * distance) - 2.5) * distance * distance) + 1,
        < 2 => (((((-0.5 * distance) + 2.5) * distance) - 4) * distance) + 2,
        _ => 0,
    };
}
