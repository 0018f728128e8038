using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Kinema.Motion.Rendering;

/// <summary>Fills a plane from source rows in order from the top. Keeps only the rows that the next sample still needs.</summary>
internal sealed class PlaneResampler(SplinePlane plane, int sourceWidth, int sourceHeight, SplineTaps across, SplineTaps down, bool dithered)
{
    /// <summary>A 2×2 ordered dither adds two bits to a byte. The spline smooths the pattern away.</summary>
    private static ReadOnlySpan<float> DitherMatrix => [0.125f, 0.625f, 0.875f, 0.375f];

    private const int Block = 16;

    private readonly float[] _source = new float[sourceWidth + across.Count];
    private readonly float[] _rows = new float[down.Count * RowLength(plane)];
    private readonly float[] _weights = new float[down.Count];
    private readonly float[] _sums = new float[RowLength(plane)];
    private int _read;
    private int _written;

    /// <summary>The next row of the source, 0 to 255; fill it before <see cref="Push"/>.</summary>
    public Span<float> Next => _source.AsSpan(0, sourceWidth);

    public void Push()
    {
        ScaleAcross(_rows.AsSpan(_read++ % down.Count * RowLength(plane), plane.Width));
        for (; _written < plane.Height && (_read == sourceHeight || down.Starts[_written] + down.Count <= _read); _written++)
        {
            SumDown(_written);
            Store(_written);
        }

        if (_written == plane.Height && _read == sourceHeight)
            plane.ExtendEdges();
    }

    /// <summary>Rounded up to whole vectors.</summary>
    private static int RowLength(SplinePlane plane) => (plane.Width + Block - 1) / Block * Block;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScaleAcross(Span<float> target)
    {
        ref var source = ref MemoryMarshal.GetArrayDataReference(_source);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(across.Weights);
        var count = across.Count;
        for (var x = 0; x < target.Length; x++)
        {
            var start = across.Starts[x];
            var sum = Vector256<float>.Zero;
            for (var i = 0; i < count; i += 8)
            {
                sum = Vector256.MultiplyAddEstimate(
                    Vector256.LoadUnsafe(ref source, (nuint)(start + i)), Vector256.LoadUnsafe(ref weights, (nuint)((x * count) + i)), sum);
            }

            target[x] = Vector256.Sum(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumDown(int y)
    {
        // The rows form a ring buffer; the weights are rotated to match.
        Array.Clear(_weights);
        for (var i = 0; i < down.Count && down.Starts[y] + i < sourceHeight; i++)
            _weights[(down.Starts[y] + i) % down.Count] = down.Weights[(y * down.Count) + i];

        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        var length = RowLength(plane);
        for (var x = 0; x < length; x += Block)
        {
            var (first, second) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var i = 0; i < _weights.Length; i++)
            {
                var weight = Vector256.Create(_weights[i]);
                var at = (nuint)((i * length) + x);
                first = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref rows, at), weight, first);
                second = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref rows, at + 8), weight, second);
            }

            first.CopyTo(_sums, x);
            second.CopyTo(_sums, x + 8);
        }
    }

    /// <summary>Rounds with ordered dither, or to the nearest code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store(int y)
    {
        var row = plane.Row(y);
        var even = dithered ? DitherMatrix[2 * (y & 1)] : 0.5f;
        var odd = dithered ? DitherMatrix[(2 * (y & 1)) + 1] : 0.5f;
        var add = Vector128.Create(even, odd, even, odd) + Vector128.Create(128 * (1 - SplinePlane.Scale));
        var x = 0;
        for (; x <= row.Length - Block; x += Block)
        {
            var low = Vector128.Narrow(Four(x), Four(x + 4));
            var high = Vector128.Narrow(Four(x + 8), Four(x + 12));
            (Vector128.Narrow(low, high) - Vector128.Create((byte)128).AsSByte()).CopyTo(row[x..]);
        }

        for (; x < row.Length; x++)
            row[x] = (sbyte)((int)Math.Clamp((_sums[x] * SplinePlane.Scale) + ((x & 1) == 0 ? even : odd) + (128 * (1 - SplinePlane.Scale)), 0, 255) - 128);

        Vector128<int> Four(int at) => Vector128.ConvertToInt32(
            Vector128.Min(Vector128.Max((Vector128.Create(_sums.AsSpan(at, 4)) * SplinePlane.Scale) + add, Vector128<float>.Zero), Vector128.Create(255f)));
    }
}
