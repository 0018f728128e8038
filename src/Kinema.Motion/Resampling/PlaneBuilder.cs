using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Kinema.Engines;

namespace Kinema.Motion.Resampling;

/// <summary>Scales one channel of the picture to a plane, row by row: of the rows in between only those that the kernel spans are kept.</summary>
internal sealed class PlaneBuilder(RgbImage image, Channel channel, Taps across, Taps down)
{
    private readonly float[] _source = new float[image.Width + across.Count];
    private readonly float[][] _rows = [.. Enumerable.Range(0, down.Count).Select(_ => new float[across.Starts.Length])];
    private readonly float[] _sum = new float[across.Starts.Length];

    public Plane Build(CancellationToken ct)
    {
        var plane = new Plane(across.Starts.Length, down.Starts.Length);
        try
        {
            var ready = 0;
            for (var y = 0; y < plane.Height; y++)
            {
                ct.ThrowIfCancellationRequested();
                for (var last = Math.Min(down.Starts[y] + down.Count, image.Height); ready < last; ready++)
                    ScaleAcross(ready, _rows[ready % down.Count]);
                SumDown(y);
                Store(plane, y);
            }

            plane.ExtendEdges();
            return plane;
        }
        catch
        {
            plane.Dispose();
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScaleAcross(int row, Span<float> target)
    {
        channel.Convert(image.Pixels.Span.Slice(row * image.Width * 3, image.Width * 3), _source);
        var weights = across.Weights.AsSpan();
        for (var x = 0; x < target.Length; x++)
        {
            var source = _source.AsSpan(across.Starts[x], across.Count);
            var sum = Vector128<float>.Zero;
            for (var i = 0; i < across.Count; i += 4)
                sum += Vector128.Create<float>(source[i..]) * Vector128.Create<float>(weights[((x * across.Count) + i)..]);
            target[x] = Vector128.Sum(sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumDown(int y)
    {
        Array.Clear(_sum);
        for (var i = 0; i < down.Count; i++)
        {
            var weight = down.Weights[(y * down.Count) + i];
            if (weight == 0)
                continue;

            var row = _rows[(down.Starts[y] + i) % down.Count];
            var x = 0;
            for (; x <= _sum.Length - Vector<float>.Count; x += Vector<float>.Count)
                (new Vector<float>(_sum, x) + (new Vector<float>(row, x) * weight)).CopyTo(_sum, x);
            for (; x < _sum.Length; x++)
                _sum[x] += row[x] * weight;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Store(Plane plane, int y)
    {
        var row = plane.Row(y);
        for (var x = 0; x < _sum.Length; x++)
            row[x] = (short)((Math.Clamp(_sum[x], 0, 255) * (1 << Plane.Fraction)) + 0.5f);
    }
}
