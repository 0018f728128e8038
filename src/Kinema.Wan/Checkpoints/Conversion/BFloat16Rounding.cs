using System.Numerics;
using System.Runtime.InteropServices;

namespace Kinema.Wan.Checkpoints.Conversion;

/// <summary>float32 → bfloat16, rounded to nearest, ties to even. Every NaN becomes 0x7FC0.</summary>
internal static class BFloat16Rounding
{
    private const uint NotANumber = 0x7FC0;

    /// <param name="from">A multiple of <see cref="Float32Conversion.LengthMultiple"/> numbers.</param>
    /// <param name="to">As many, as bits.</param>
    public static void ToBFloat16(ReadOnlySpan<float> from, Span<ushort> to)
    {
        if (from.Length % Float32Conversion.LengthMultiple != 0 || to.Length != from.Length)
            throw new ArgumentException($"{from.Length} numbers do not fit {to.Length}, or are not a multiple of {Float32Conversion.LengthMultiple}.", nameof(to));

        ref var source = ref MemoryMarshal.GetReference(from);
        ref var target = ref MemoryMarshal.GetReference(to);
        for (nuint i = 0; i < (nuint)from.Length; i += (nuint)Vector<ushort>.Count)
        {
            var low = Upper(Vector.LoadUnsafe(ref source, i));
            var high = Upper(Vector.LoadUnsafe(ref source, i + (nuint)Vector<float>.Count));
            Vector.Narrow(low, high).StoreUnsafe(ref target, i);
        }
    }

    // Adds just below half of the last kept place, and the last kept bit. The sum carries exactly if the number rounds up.
    private static Vector<uint> Upper(Vector<float> value)
    {
        var bits = Vector.AsVectorUInt32(value);
        var rounded = (bits + new Vector<uint>(0x7FFF) + ((bits >> 16) & Vector<uint>.One)) >> 16;
        return Vector.ConditionalSelect(Vector.AsVectorUInt32(Vector.Equals(value, value)), rounded, new Vector<uint>(NotANumber));
    }
}
