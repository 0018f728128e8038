namespace Kinema.Motion.Resampling;

/// <summary>The two inner loops of the resampling. Every implementation gives exactly the same samples.</summary>
internal unsafe interface IRowKernel
{
    /// <summary>Mixes four rows sample by sample; may write up to <see cref="Plane.Slack"/> samples too many.</summary>
    void Mix(short* row0, short* row1, short* row2, short* row3, short* weights, short* target, int count);

    /// <summary>Makes each target sample of four neighbours in the row, and rounds it to 8 bits.</summary>
    void Gather(short* row, int* starts, short* weights, byte* target, int count);
}

/// <summary>The definition: round to nearest, then keep within range.</summary>
internal sealed unsafe class ScalarKernel : IRowKernel
{
    public const int MixRound = 1 << (AxisMap.WeightBits - 1);
    public const int GatherShift = AxisMap.WeightBits + Plane.Fraction;
    public const int GatherRound = 1 << (GatherShift - 1);

    public void Mix(short* row0, short* row1, short* row2, short* row3, short* weights, short* target, int count)
    {
        for (var x = 0; x < count; x++)
        {
            var sum = (row0[x] * weights[0]) + (row1[x] * weights[1]) + (row2[x] * weights[2]) + (row3[x] * weights[3]);
            target[x] = (short)Math.Clamp((sum + MixRound) >> AxisMap.WeightBits, short.MinValue, short.MaxValue);
        }
    }

    public void Gather(short* row, int* starts, short* weights, byte* target, int count)
    {
        for (var x = 0; x < count; x++, weights += 4)
        {
            var from = row + starts[x];
            var sum = (from[0] * weights[0]) + (from[1] * weights[1]) + (from[2] * weights[2]) + (from[3] * weights[3]);
            target[x] = (byte)Math.Clamp((sum + GatherRound) >> GatherShift, 0, 255);
        }
    }
}
