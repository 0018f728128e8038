using System.Runtime.CompilerServices;

namespace Kinema.Motion.Resampling;

/// <summary>Where along one axis the samples of a frame lie in the prepared picture, and the weights of the four samples around each place.</summary>
/// <param name="siting">Where a sample lies within its own width: one half for luma, one quarter for chroma sited left.</param>
internal sealed class AxisMap(int length, double siting)
{
    /// <summary>Bits of a weight; four weights always sum up to one.</summary>
    public const int WeightBits = 14;

    private const int One = 1 << WeightBits;

    public int Length => length;

    /// <summary>The first of the four samples.</summary>
    public int[] Starts { get; } = new int[length];

    /// <summary>Four a place.</summary>
    public short[] Weights { get; } = new short[4 * length];

    /// <summary>Places are kept in double precision; only the weights are rounded, to 1/16384.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Point(double cropStart, double cropSize, int planeLength)
    {
        for (var i = 0; i < length; i++)
        {
            var place = ((cropStart + ((i + siting) / length * cropSize)) * planeLength) - 0.5;
            var whole = Math.Floor(place);
            Starts[i] = Math.Clamp((int)whole - 1, -Plane.Margin, planeLength + Plane.Margin - 4);
            Weigh(place - whole, Weights.AsSpan(4 * i, 4));
        }
    }

    /// <remarks>Keys 1981 with a = -1/2 (Catmull-Rom). On a picture kept at twice the visible samples it passes all that is visible almost alike at every fraction.</remarks>
    private static void Weigh(double t, Span<short> weights)
    {
        weights[0] = Round(t * (-0.5 + (t * (1 - (0.5 * t)))));
        weights[1] = Round(1 + (t * t * (-2.5 + (1.5 * t))));
        weights[2] = Round(t * (0.5 + (t * (2 - (1.5 * t)))));
        weights[3] = Round(t * t * (-0.5 + (0.5 * t)));
        weights[t < 0.5 ? 1 : 2] += (short)(One - weights[0] - weights[1] - weights[2] - weights[3]);

        static short Round(double weight) => (short)Math.Round(weight * One);
    }
}
