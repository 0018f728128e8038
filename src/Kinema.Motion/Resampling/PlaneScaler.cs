using System.Runtime.InteropServices;
using Kinema.Motion.Paths;

namespace Kinema.Motion.Resampling;

/// <summary>Makes one plane of a frame from a crop of the prepared plane: first down, then across.</summary>
internal sealed unsafe class PlaneScaler(Plane plane, int width, int height, double sitingX, IRowKernel kernel) : IDisposable
{
    private readonly AxisMap _across = new(width, sitingX);
    private readonly AxisMap _down = new(height, 0.5);
    private readonly short* _row = (short*)NativeMemory.AllocZeroed((nuint)(plane.Width + (2 * Plane.Margin) + Plane.Slack), sizeof(short));
    private bool _disposed;

    public void Render(Crop crop, Span<byte> target)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, width * height);
        _across.Point(crop.X, crop.Width, plane.Width);
        _down.Point(crop.Y, crop.Height, plane.Height);
        var first = _across.Starts[0];
        var count = _across.Starts[^1] + 4 - first;
        fixed (byte* pixels = target)
        fixed (int* starts = _across.Starts)
        fixed (short* weights = _across.Weights, downWeights = _down.Weights)
        {
            for (var y = 0; y < height; y++)
            {
                var top = _down.Starts[y];
                kernel.Mix(
                    plane.Row(top) + first, plane.Row(top + 1) + first, plane.Row(top + 2) + first, plane.Row(top + 3) + first,
                    downWeights + (4 * y), _row, count);
                kernel.Gather(_row - first, starts, weights, pixels + ((long)y * width), width);
            }
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        NativeMemory.Free(_row);
        plane.Dispose();
    }
}
