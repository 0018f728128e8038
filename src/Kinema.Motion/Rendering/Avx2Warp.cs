using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kinema.Motion.Rendering;

/// <summary>Eight samples at a time: four groups of four coefficients each are picked by one shuffle for each row of the spline.</summary>
/// <remarks>
/// Within a cell the places are nearly regular: four neighbours lie within sixteen bytes of one row, unless the row of the source changes between
/// them, as it does now and then when the picture turns; then eight single looks replace the shuffle.
/// </remarks>
internal sealed unsafe class Avx2Warp : IWarpKernel
{
    /// <summary>A vector of sixteen bytes holds four coefficients from here on.</summary>
    private const int FarthestPick = 12;

    private const int Ahead = 96;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Warp(in CellWalk walk, in WarpPlanes planes, int columns, int rows)
    {
        var lanes = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);
        var nearest = Vector256.Create(ScalarWarp.Nearest);
        var farthestX = Vector256.Create(planes.FarthestX);
        var farthestY = Vector256.Create(planes.FarthestY);
        nint stride = planes.Stride;
        var before = -stride - 1;
        for (var y = 0; y < rows; y++)
        {
            var row = walk.Row(y);
            var (stepsX, stepsY) = (lanes * row.StepX, lanes * row.StepY);
            for (var x = 0; x < columns; x += 8)
            {
                var placesX = Vector256.Min(Vector256.Max(Vector256.Create(row.X + (x * row.StepX)) + stepsX, nearest), farthestX);
                var placesY = Vector256.Min(Vector256.Max(Vector256.Create(row.Y + (x * row.StepY)) + stepsY, nearest), farthestY);
                var weights = new Weights(placesX, placesY);
                var at = ((placesY >> 16) * planes.Stride) + (placesX >> 16);
                var distances = at - Avx2.Shuffle(at, 0);
                if (Vector256.LessThanOrEqualAll(distances.AsUInt32(), Vector256.Create((uint)FarthestPick)))
                {
                    var (a, b) = (at.ToScalar() + before, at.GetElement(4) + before);
                    var picks = Picks(distances);
                    Soon(planes.First + a, stride);
                    Store(planes.FirstTarget + (y * planes.FirstStride) + x, Near(planes.First + a, planes.First + b, stride, picks, weights));
                    if (planes.Second is not null)
                    {
                        Soon(planes.Second + a, stride);
                        Store(planes.SecondTarget + (y * planes.SecondStride) + x, Near(planes.Second + a, planes.Second + b, stride, picks, weights));
                    }

                    if (planes.Third is not null)
                    {
                        Soon(planes.Third + a, stride);
                        Store(planes.ThirdTarget + (y * planes.ThirdStride) + x, Near(planes.Third + a, planes.Third + b, stride, picks, weights));
                    }
                }
                else
                {
                    Store(planes.FirstTarget + (y * planes.FirstStride) + x, Scattered(planes.First + before, at, stride, weights));
                    if (planes.Second is not null)
                        Store(planes.SecondTarget + (y * planes.SecondStride) + x, Scattered(planes.Second + before, at, stride, weights));
                    if (planes.Third is not null)
                        Store(planes.ThirdTarget + (y * planes.ThirdStride) + x, Scattered(planes.Third + before, at, stride, weights));
                }
            }
        }
    }

    /// <summary>Asks for what the cells to the right will read: so many short rows at once are more than the processor foresees.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Soon(sbyte* from, nint stride)
    {
        Sse.Prefetch0(from + Ahead + (2 * stride));
        Sse.Prefetch0(from + Ahead + (3 * stride));
    }

    /// <summary>For each of eight samples the four bytes from its distance to the first of its group on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Picks(Vector256<int> distances)
    {
        var spread = Avx2.Shuffle(distances.AsByte(), Vector256.Create(0x04040404_00000000L, 0x0C0C0C0C_08080808L, 0x04040404_00000000L, 0x0C0C0C0C_08080808L).AsByte());
        return spread + Vector256.Create(0x03020100).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Near(sbyte* a, sbyte* b, nint stride, Vector256<byte> picks, in Weights weights)
    {
        var sum = Row(a, b, picks, weights.Across, weights.Down0);
        sum += Row(a + stride, b + stride, picks, weights.Across, weights.Down1);
        sum += Row(a + (2 * stride), b + (2 * stride), picks, weights.Across, weights.Down2);
        return sum + Row(a + (3 * stride), b + (3 * stride), picks, weights.Across, weights.Down3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Row(sbyte* a, sbyte* b, Vector256<byte> picks, Vector256<byte> across, Vector256<short> down)
    {
        var both = Avx.InsertVector128(Vector128.Load(a).ToVector256Unsafe(), Vector128.Load(b), 1);
        return Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(across, Avx2.Shuffle(both.AsByte(), picks).AsSByte()), down);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Scattered(sbyte* origin, Vector256<int> at, nint stride, in Weights weights)
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
        var codes = (sums + Vector256.Create(ScalarWarp.Round)) >> ScalarWarp.Shift;
        var narrow = Sse2.PackSignedSaturate(codes.GetLower(), codes.GetUpper());
        *(ulong*)target = Sse2.PackUnsignedSaturate(narrow, narrow).AsUInt64().ToScalar();
    }

    /// <summary>Weights of eight places: across as four bytes a place, down as a pair of equal numbers a place for each of four rows.</summary>
    private readonly ref struct Weights
    {
        public readonly Vector256<byte> Across;
        public readonly Vector256<short> Down0;
        public readonly Vector256<short> Down1;
        public readonly Vector256<short> Down2;
        public readonly Vector256<short> Down3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Weights(Vector256<int> placesX, Vector256<int> placesY)
        {
            // Even lanes weigh across, odd lanes down.
            var t = (((placesX >> 1) & Vector256.Create(0x7FFF)) | ((placesY << 15) & Vector256.Create(0x7FFF0000))).AsInt16();
            var u = Vector256.Create(short.MaxValue) - t;
            var t2 = Avx2.MultiplyHighRoundScale(t, t);
            var t3 = Avx2.MultiplyHighRoundScale(t2, t);
            var u3 = Avx2.MultiplyHighRoundScale(Avx2.MultiplyHighRoundScale(u, u), u);
            var one = Pair(ScalarWarp.OneAcross, ScalarWarp.OneDown);
            var sixth = Pair(ScalarWarp.Sixth(ScalarWarp.OneAcross), ScalarWarp.Sixth(ScalarWarp.OneDown));
            var weight0 = Avx2.MultiplyHighRoundScale(u3, sixth);
            var weight3 = Avx2.MultiplyHighRoundScale(t3, sixth);
            var weight1 = Pair(ScalarWarp.TwoThirds(ScalarWarp.OneAcross), ScalarWarp.TwoThirds(ScalarWarp.OneDown))
                - Avx2.MultiplyHighRoundScale(t2, one) + Avx2.MultiplyHighRoundScale(t3, Pair(ScalarWarp.OneAcross / 2, ScalarWarp.OneDown / 2));
            var weight2 = one - weight0 - weight1 - weight3;

            (Down0, Down1, Down2, Down3) = (Odd(weight0), Odd(weight1), Odd(weight2), Odd(weight3));
            var (narrow0, narrow2, narrow3) = (Narrow(weight0), Narrow(weight2), Narrow(weight3));
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
        private static Vector256<short> Narrow(Vector256<short> weights) => (weights + Vector256.Create((short)(1 << (ScalarWarp.AcrossShift - 1)))) >> ScalarWarp.AcrossShift;
    }
}
