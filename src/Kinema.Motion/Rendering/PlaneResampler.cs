using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kinema.Motion.Rendering;

/// <summary>Fills a plane from source rows handed in from the top; of them only those are kept that the next sample still needs.</summary>
internal sealed class PlaneResampler(SplinePlane plane, int sourceWidth, int sourceHeight, SplineTaps across, SplineTaps down, bool dithered)
{
    /// <summary>Two more bits than a byte holds: the spline smooths the pattern away.</summary>
    private static readonly float[][] Pattern = [[0.125f, 0.625f], [0.875f, 0.375f]];

    private readonly float[] _source = new float[sourceWidth + across.Count];
    private readonly float[][] _rows = [.. Enumerable.Range(0, down.Count).Select(_ => new float[plane.Width])];
    private readonly float[] _sum = new float[plane.Width];
    private int _read;
    private int _written;

    /// <summary>The next row of the source, 0 to 255; to be filled before <see cref="Push"/>.</summary>
    public Span<float> Next => _source.AsSpan(0, sourceWidth);

    public void Push()
    {
        ScaleAcross(_rows[_read++ % down.Count]);
        for (; _written < plane.Height && (_read == sourceHeight || down.Starts[_written] + down.Count <= _read); _written++)
        {
            SumDown(_written);
            Store(_written);
        }

        if (_written == plane.Height && _read == sourceHeight)
            plane.ExtendEdges();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScaleAcross(float[] target)
    {
        ReadOnlySpan<float> weights = across.Weights;
        for (var x = 0; x < target.Length; x++)
        {
            var source = _source.AsSpan(across.Starts[x], across.Count);
            var own = weights.Slice(x * across.Count, across.Count);
            var sum = Vector256<float>.Zero;
            for (var i = 0; i < own.Length; i += 8)
                sum = Vector256.MultiplyAddEstimate(Vector256.Create(source[i..]), Vector256.Create(own[i..]), sum);
            target[x] = Vector256.Sum(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumDown(int y)
    {
        Array.Clear(_sum);
        var last = Math.Min(down.Count, sourceHeight - down.Starts[y]);
        for (var i = 0; i < last; i++)
        {
            var weight = down.Weights[(y * down.Count) + i];
            if (weight == 0)
                continue;

            ReadOnlySpan<float> row = _rows[(down.Starts[y] + i) % down.Count];
            var x = 0;
            for (; x <= _sum.Length - 8; x += 8)
            {
                var sum = Vector256.Create(_sum.AsSpan(x));
                Vector256.MultiplyAddEstimate(Vector256.Create(row[x..]), Vector256.Create(weight), sum).CopyTo(_sum, x);
            }

            for (; x < _sum.Length; x++)
                _sum[x] += row[x] * weight;
        }
    }

    /// <summary>Rounds upwards or downwards by a fixed pattern, or simply to the nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Store(int y)
    {
        var row = plane.Row(y);
        var even = dithered ? Pattern[y & 1][0] : 0.5f;
        var odd = dithered ? Pattern[y & 1][1] : 0.5f;
        for (var x = 0; x < row.Length; x++)
            row[x] = (sbyte)((int)Math.Clamp(((_sum[x] - 128) * SplinePlane.Scale) + 128 + ((x & 1) == 0 ? even : odd), 0, 255) - 128);
    }
}
