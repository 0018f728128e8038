namespace Kinema.Motion.Rendering;

/// <summary>The reference kernel: a cubic B-spline in both directions, in integers.</summary>
internal sealed unsafe class ScalarWarpKernel : IWarpKernel
{
    /// <summary>Sum of the weights down: 2^14 divided by <see cref="SplinePlane.Scale"/>.</summary>
    public const short DownWeightSum = 21845;

    /// <summary>Sum of the weights across during computation; a byte then holds them in 256ths.</summary>
    public const short AcrossWeightSum = 16384;

    public const int AcrossShift = 6;
    public const int ResultShift = 22;
    public const int ResultRounding = (128 << ResultShift) + (1 << (ResultShift - 1));
    public const int MinCoordinate = -(1 << 16);

    public void Warp(in CellCoordinates cell, in WarpPlanes planes, int columns, int rows)
    {
        var across = stackalloc int[4];
        var down = stackalloc int[4];
        for (var y = 0; y < rows; y++)
        {
            var row = cell.Row(y);
            for (var x = 0; x < columns; x++)
            {
                var x16 = Math.Clamp(unchecked(row.X + (x * row.StepX)), MinCoordinate, planes.MaxX);
                var y16 = Math.Clamp(unchecked(row.Y + (x * row.StepY)), MinCoordinate, planes.MaxY);
                Weigh((short)((x16 >> 1) & 0x7FFF), AcrossWeightSum, across);
                Weigh((short)((y16 >> 1) & 0x7FFF), DownWeightSum, down);
                RoundWeights(across);
                var at = (((long)(y16 >> 16) - 1) * planes.Stride) + (x16 >> 16) - 1;
                planes.FirstTarget[(y * planes.FirstStride) + x] = Sample(planes.First + at, planes.Stride, across, down);
                if (planes.Second is not null)
                    planes.SecondTarget[(y * planes.SecondStride) + x] = Sample(planes.Second + at, planes.Stride, across, down);
                if (planes.Third is not null)
                    planes.ThirdTarget[(y * planes.ThirdStride) + x] = Sample(planes.Third + at, planes.Stride, across, down);
            }
        }
    }

    /// <summary>The four weights of the uniform cubic B-spline: (1−t)³/6, 2/3 − t² + t³/2, the rest, t³/6.</summary>
    /// <param name="t">In 32768ths.</param>
    private static void Weigh(short t, short one, int* weights)
    {
        var u = (short)(short.MaxValue - t);
        var (t2, u2) = (Times(t, t), Times(u, u));
        var (t3, u3) = (Times(t2, t), Times(u2, u));
        weights[0] = Times(u3, Sixth(one));
        weights[3] = Times(t3, Sixth(one));
        weights[1] = TwoThirds(one) - Times(t2, one) + Times(t3, (short)(one / 2));
        weights[2] = one - weights[0] - weights[1] - weights[3];
    }

    public static short Sixth(short one) => (short)((one + 3) / 6);

    public static short TwoThirds(short one) => (short)(((2 * one) + 1) / 3);

    /// <summary>Rounds to 256ths and keeps the sum exact.</summary>
    private static void RoundWeights(int* weights)
    {
        const int half = 1 << (AcrossShift - 1);
        weights[0] = (weights[0] + half) >> AcrossShift;
        weights[2] = (weights[2] + half) >> AcrossShift;
        weights[3] = (weights[3] + half) >> AcrossShift;
        weights[1] = 256 - weights[0] - weights[2] - weights[3];
    }

    private static byte Sample(sbyte* from, int stride, int* across, int* down)
    {
        var sum = ResultRounding;
        for (var i = 0; i < 4; i++, from += stride)
            sum += ((from[0] * across[0]) + (from[1] * across[1]) + (from[2] * across[2]) + (from[3] * across[3])) * down[i];
        return (byte)Math.Clamp(sum >> ResultShift, 0, 255);
    }

    /// <summary>The product of two numbers in 32768ths, rounded like the processor's instruction.</summary>
    private static short Times(short a, short b) => (short)(((a * b >> 14) + 1) >> 1);
}
