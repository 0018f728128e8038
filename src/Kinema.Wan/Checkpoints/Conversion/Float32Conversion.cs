using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kinema.Wan.Checkpoints.Blocks;

namespace Kinema.Wan.Checkpoints.Conversion;

/// <summary>Stored numbers → float32. Only 64-bit numbers are rounded, since float32 represents all others exactly.</summary>
internal static class Float32Conversion
{
    /// <summary>Lengths must be multiples of this.</summary>
    public static int LengthMultiple => Vector<byte>.Count;

    public static bool Supports(StoredType type) => type is not (StoredType.I16 or StoredType.I32 or StoredType.I64);

    /// <param name="type">The stored type.</param>
    /// <param name="from">The stored bytes, at any address.</param>
    /// <param name="to">As many numbers, a multiple of <see cref="LengthMultiple"/>.</param>
    public static void ToSingle(StoredType type, ReadOnlySpan<byte> from, Span<float> to)
    {
        if (to.Length % LengthMultiple != 0 || from.Length != to.Length / type.BlockLength() * type.BlockBytes())
            throw new ArgumentException($"{from.Length} bytes of {type} are not {to.Length} numbers, or not a multiple of {LengthMultiple}.", nameof(to));

        switch (type)
        {
            case StoredType.F8E4M3:
                Bytes<E4M3>(from, to);
                break;
            case StoredType.F8E5M2:
                Bytes<E5M2>(from, to);
                break;
            case StoredType.I8:
                Bytes<SignedByte>(from, to);
                break;
            case StoredType.U8 or StoredType.Bool:
                Bytes<UnsignedByte>(from, to);
                break;
            case StoredType.BF16:
                Words<BrainFloat>(from, to);
                break;
            case StoredType.F16:
                Words<HalfFloat>(from, to);
                break;
            case StoredType.F32:
                from.CopyTo(MemoryMarshal.AsBytes(to));
                break;
            case StoredType.F64:
                Doubles(from, to);
                break;
            case var block when block.IsBlock():
                BlockConversion.ToSingle(type, from, to);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, null);
        }
    }

    private static void Bytes<T>(ReadOnlySpan<byte> from, Span<float> to)
        where T : struct, IElementDecoder
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        for (nuint i = 0; i < (nuint)to.Length; i += (nuint)Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, i), out var low, out var high);
            Pair<T>(low, ref target, i);
            Pair<T>(high, ref target, i + (nuint)Vector<ushort>.Count);
        }
    }

    private static void Words<T>(ReadOnlySpan<byte> from, Span<float> to)
        where T : struct, IElementDecoder
    {
        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        for (nuint i = 0; i < (nuint)to.Length; i += (nuint)Vector<ushort>.Count)
            Pair<T>(Vector.AsVectorUInt16(Vector.LoadUnsafe(ref source, 2 * i)), ref target, i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<T>(Vector<ushort> bits, ref float target, nuint at)
        where T : struct, IElementDecoder
    {
        Vector.Widen(bits, out var low, out var high);
        T.Widen(low).StoreUnsafe(ref target, at);
        T.Widen(high).StoreUnsafe(ref target, at + (nuint)Vector<float>.Count);
    }

    private static void Doubles(ReadOnlySpan<byte> from, Span<float> to)
    {
        var numbers = MemoryMarshal.Cast<byte, double>(from);
        for (var i = 0; i < to.Length; i++)
            to[i] = (float)numbers[i];
    }
}
