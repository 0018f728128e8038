using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinema.Motion.Resampling;

/// <summary>Sixteen samples at a time: products of neighbouring 16 bit pairs are summed in 32 bits, as the definition does.</summary>
/// <remarks>Compiled fully at the first call: a video is over before the runtime would have found out that these loops are hot.</remarks>
internal sealed unsafe class Avx2Kernel : IRowKernel
{
    private readonly ScalarKernel _rest = new();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Mix(short* row0, short* row1, short* row2, short* row3, short* weights, short* target, int count)
    {
        var weights01 = Vector256.Create(*(int*)weights).AsInt16();
        var weights23 = Vector256.Create(*(int*)(weights + 2)).AsInt16();
        var round = Vector256.Create(ScalarKernel.MixRound);
        for (var x = 0; x < count; x += 16)
        {
            var (a, b) = (Vector256.Load(row0 + x), Vector256.Load(row1 + x));
            var (c, d) = (Vector256.Load(row2 + x), Vector256.Load(row3 + x));
            var low = Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(a, b), weights01) + Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(c, d), weights23) + round;
            var high = Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(a, b), weights01) + Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(c, d), weights23) + round;
            Avx2.PackSignedSaturate(low >> AxisMap.WeightBits, high >> AxisMap.WeightBits).Store(target + x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(short* row, int* starts, short* weights, byte* target, int count)
    {
        var round = Vector256.Create(ScalarKernel.GatherRound);
        var x = 0;
        for (; x <= count - 8; x += 8)
        {
            var first = Avx2.MultiplyAddAdjacent(Four(row, starts + x), Vector256.Load(weights + (4 * x)));
            var second = Avx2.MultiplyAddAdjacent(Four(row, starts + x + 4), Vector256.Load(weights + (4 * x) + 16));
            // The horizontal sum works within halves: its pairs come out as 01, 45, 23, 67.
            var sums = Avx2.Permute4x64(Avx2.HorizontalAdd(first, second).AsInt64(), 0b11_01_10_00).AsInt32();
            var codes = (sums + round) >> ScalarKernel.GatherShift;
            var narrow = Sse2.PackSignedSaturate(codes.GetLower(), codes.GetUpper());
            *(ulong*)(target + x) = Sse2.PackUnsignedSaturate(narrow, narrow).AsUInt64().ToScalar();
        }

        _rest.Gather(row, starts + x, weights + (4 * x), target + x, count - x);
    }

    /// <summary>Four places, four samples each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Four(short* row, int* starts)
    {
        var low = Sse2.UnpackLow(Place(row + starts[0]), Place(row + starts[1]));
        var high = Sse2.UnpackLow(Place(row + starts[2]), Place(row + starts[3]));
        return Vector256.Create(low, high).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Place(short* samples) => Vector128.CreateScalarUnsafe(*(long*)samples);
}
