using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinema.Motion.Rendering;

/// <summary>AVX2 kernel: eight samples at a time. One shuffle for each spline row picks four groups of four coefficients each.</summary>
/// <remarks>
/// Within a cell the coordinates are nearly regular, so four neighbours lie within sixteen bytes of one row. The exception is a change of source row between
/// them, which occurs now and then when the picture rotates. A gather of eight then replaces the shuffle.
/// </remarks>
internal sealed unsafe class Avx2WarpKernel : IWarpKernel
{
    /// <summary>Largest offset at which a vector of sixteen bytes still holds four coefficients.</summary>
    private const int MaxShuffleOffset = 12;

    private const int PrefetchDistanceBytes = 96;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Warp(in CellCoordinates cell, in WarpPlanes planes, int columns, int rows)
    {
        var lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        var minimum = Vector256.Create(ScalarWarpKernel.MinCoordinate);
        var maximumX = Vector256.Create(planes.MaxX);
        var maximumY = Vector256.Create(planes.MaxY);
        nint stride = planes.Stride;
        var before = -stride - 1;
        for (var y = 0; y < rows; y++)
        {
            var row = cell.Row(y);
            var (stepsX, stepsY) = (lanes * row.StepX, lanes * row.StepY);
            for (var x = 0; x < columns; x += 8)
            {
                var positionsX = Vector256.Min(Vector256.Max(Vector256.Create(row.X + (x * row.StepX)) + stepsX, minimum), maximumX);
                var positionsY = Vector256.Min(Vector256.Max(Vector256.Create(row.Y + (x * row.StepY)) + stepsY, minimum), maximumY);
                var weights = new Weights(positionsX, positionsY);
                var at = ((positionsY >> 16) * planes.Stride) + (positionsX >> 16);
                var distances = at - Avx2.Shuffle(at, 0);
                if (Vector256.LessThanOrEqualAll(distances.AsUInt32(), Vector256.Create((uint)MaxShuffleOffset)))
                {
                    var (a, b) = (at.ToScalar() + before, at.GetElement(4) + before);
                    var mask = ShuffleMask(distances);
                    Prefetch(planes.First + a, stride);
                    Store(planes.FirstTarget + (y * planes.FirstStride) + x, SumContiguous(planes.First + a, planes.First + b, stride, mask, weights));
                    if (planes.Second is not null)
                    {
                        Prefetch(planes.Second + a, stride);
                        Store(planes.SecondTarget + (y * planes.SecondStride) + x, SumContiguous(planes.Second + a, planes.Second + b, stride, mask, weights));
                    }

                    if (planes.Third is not null)
                    {
                        Prefetch(planes.Third + a, stride);
                        Store(planes.ThirdTarget + (y * planes.ThirdStride) + x, SumContiguous(planes.Third + a, planes.Third + b, stride, mask, weights));
                    }
                }
                else
                {
                    Store(planes.FirstTarget + (y * planes.FirstStride) + x, SumGathered(planes.First + before, at, stride, weights));
                    if (planes.Second is not null)
                        Store(planes.SecondTarget + (y * planes.SecondStride) + x, SumGathered(planes.Second + before, at, stride, weights));
                    if (planes.Third is not null)
                        Store(planes.ThirdTarget + (y * planes.ThirdStride) + x, SumGathered(planes.Third + before, at, stride, weights));
                }
            }
        }
    }

    /// <summary>Prefetches the data of the cells to the right. The hardware prefetcher does not follow this many short rows at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(sbyte* from, nint stride)
    {
        Sse.Prefetch0(from + PrefetchDistanceBytes + (2 * stride));
        Sse.Prefetch0(from + PrefetchDistanceBytes + (3 * stride));
    }

    /// <summary>The shuffle mask: for each of eight samples, four bytes starting at its offset from the first sample of its group.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> ShuffleMask(Vector256<int> distances)
    {
        var spread = Avx2.Shuffle(distances.AsByte(), Vector256.Create(0x04040404_00000000L, 0x0C0C0C0C_08080808L, 0x04040404_00000000L, 0x0C0C0C0C_08080808L).AsByte());
        return spread + Vector256.Create(0x03020100).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> SumContiguous(sbyte* a, sbyte* b, nint stride, Vector256<byte> mask, in Weights weights)
    {
        var sum = Row(a, b, mask, weights.Across, weights.Down0);
        sum += Row(a + stride, b + stride, mask, weights.Across, weights.Down1);
        sum += Row(a + (2 * stride), b + (2 * stride), mask, weights.Across, weights.Down2);
        return sum + Row(a + (3 * stride), b + (3 * stride), mask, weights.Across, weights.Down3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Row(sbyte* a, sbyte* b, Vector256<byte> mask, Vector256<byte> across, Vector256<short> down)
    {
        var both = Avx.InsertVector128(Vector128.Load(a).ToVector256Unsafe(), Vector128.Load(b), 1);
        return Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(across, Avx2.Shuffle(both.AsByte(), mask).AsSByte()), down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> SumGathered(sbyte* origin, Vector256<int> at, nint stride, in Weights weights)
    {
        var sum = Row(origin, at, weights.Across, weights.Down0);
        sum += Row(origin + stride, at, weights.Across, weights.Down1);
        sum += Row(origin + (2 * stride), at, weights.Across, weights.Down2);
        return sum + Row(origin + (3 * stride), at, weights.Across, weights.Down3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Row(sbyte* origin, Vector256<int> at, Vector256<byte> across, Vector256<short> down) =>
        Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(across, Avx2.GatherVector256((int*)origin, at, 1).AsSByte()), down);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(byte* target, Vector256<int> sums)
    {
        var codes = (sums + Vector256.Create(ScalarWarpKernel.ResultRounding)) >> ScalarWarpKernel.ResultShift;
        var narrow = Sse2.PackSignedSaturate(codes.GetLower(), codes.GetUpper());
        *(ulong*)target = Sse2.PackUnsignedSaturate(narrow, narrow).AsUInt64().ToScalar();
    }

    /// <summary>Weights of eight coordinates: across as four bytes each, down as a pair of equal numbers each for each of four rows.</summary>
    private readonly ref struct Weights
    {
        public readonly Vector256<byte> Across;
        public readonly Vector256<short> Down0;
        public readonly Vector256<short> Down1;
        public readonly Vector256<short> Down2;
        public readonly Vector256<short> Down3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Weights(Vector256<int> positionsX, Vector256<int> positionsY)
        {
            // Even lanes hold the weights across, odd lanes the weights down.
            var t = (((positionsX >> 1) & Vector256.Create(0x7FFF)) | ((positionsY << 15) & Vector256.Create(0x7FFF0000))).AsInt16();
            var u = Vector256.Create(short.MaxValue) - t;
            var t2 = Avx2.MultiplyHighRoundScale(t, t);
            var t3 = Avx2.MultiplyHighRoundScale(t2, t);
            var u3 = Avx2.MultiplyHighRoundScale(Avx2.MultiplyHighRoundScale(u, u), u);
            var one = Pair(ScalarWarpKernel.AcrossWeightSum, ScalarWarpKernel.DownWeightSum);
            var sixth = Pair(ScalarWarpKernel.Sixth(ScalarWarpKernel.AcrossWeightSum), ScalarWarpKernel.Sixth(ScalarWarpKernel.DownWeightSum));
            var weight0 = Avx2.MultiplyHighRoundScale(u3, sixth);
            var weight3 = Avx2.MultiplyHighRoundScale(t3, sixth);
            var weight1 = Pair(ScalarWarpKernel.TwoThirds(ScalarWarpKernel.AcrossWeightSum), ScalarWarpKernel.TwoThirds(ScalarWarpKernel.DownWeightSum))
                - Avx2.MultiplyHighRoundScale(t2, one) + Avx2.MultiplyHighRoundScale(t3, Pair(ScalarWarpKernel.AcrossWeightSum / 2, ScalarWarpKernel.DownWeightSum / 2));
            var weight2 = one - weight0 - weight1 - weight3;

            (Down0, Down1, Down2, Down3) = (Odd(weight0), Odd(weight1), Odd(weight2), Odd(weight3));
            var (narrow0, narrow2, narrow3) = (RoundWeights(weight0), RoundWeights(weight2), RoundWeights(weight3));
            var narrow1 = Vector256.Create((short)256) - narrow0 - narrow2 - narrow3;
            var even = Vector256.Create(0xFFFF);
            Across = ((narrow0.AsInt32() & even) | ((narrow1.AsInt32() & even) << 8) | (narrow2.AsInt32() << 16) | (narrow3.AsInt32() << 24)).AsByte();
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<short> Pair(short even, short odd) => Vector256.Create((odd << 16) | (ushort)even).AsInt16();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<short> Odd(Vector256<short> weights) =>
            Avx2.Shuffle(weights.AsByte(), Vector256.Create(0x07060706_03020302L, 0x0F0E0F0E_0B0A0B0AL, 0x07060706_03020302L, 0x0F0E0F0E_0B0A0B0AL).AsByte()).AsInt16();

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<short> RoundWeights(Vector256<short> weights) =>
            (weights + Vector256.Create((short)(1 << (ScalarWarpKernel.AcrossShift - 1)))) >> ScalarWarpKernel.AcrossShift;
    }
}
