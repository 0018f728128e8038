using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Kinema.Wan.Checkpoints.Conversion;

/// <summary>Converts stored numbers to the compute type, with optional scaling, in one pass through the L1 cache.</summary>
/// <param name="From">The stored type.</param>
/// <param name="To">Float32, BFloat16, or the stored type itself.</param>
internal sealed record TypeConversion(StoredType From, ScalarType To)
{
    // 8 kB of float32: with its input and output it fits the L1 cache.
    private const int ChunkElements = 2048;

    /// <summary>Whether this class supports the conversion; libtorch does the others.</summary>
    public bool IsSupported => (To == From.ToTorch() && !From.IsBlock()) || (To is ScalarType.Float32 or ScalarType.BFloat16 && Float32Conversion.Supports(From));

    /// <summary>Bytes of that many stored numbers, which are whole blocks.</summary>
    public long BytesOf(long numbers) => numbers / From.BlockLength() * From.BlockBytes();

    /// <summary>Most numbers of whole blocks within that many bytes.</summary>
    public int NumbersIn(int bytes) => bytes / From.BlockBytes() * From.BlockLength();

    public int SizeTo => To switch
    {
        ScalarType.BFloat16 => sizeof(ushort),
        ScalarType.Float32 => sizeof(float),
        _ => From.BlockBytes(),
    };

    /// <param name="from">Stored bytes, at any address.</param>
    /// <param name="to">Space for as many numbers.</param>
    /// <param name="scale">Factor in float32, applied before rounding; null for none.</param>
    [SkipLocalsInit]
    public void Run(ReadOnlySpan<byte> from, Span<byte> to, float? scale)
    {
        if (scale is null && To == From.ToTorch())
        {
            from.CopyTo(to);
            return;
        }

        Span<float> float32 = stackalloc float[ChunkElements];
        Span<byte> last = stackalloc byte[ChunkElements * sizeof(double)];
        Span<byte> result = stackalloc byte[ChunkElements * sizeof(float)];
        for (var count = NumbersIn(from.Length); count > 0; count -= ChunkElements)
        {
            if (count >= ChunkElements)
            {
                ConvertChunk(from[..(int)BytesOf(ChunkElements)], float32, to[..(ChunkElements * SizeTo)], scale);
                from = from[(int)BytesOf(ChunkElements)..];
                to = to[(ChunkElements * SizeTo)..];
            }
            else
            {
                // Converts whole vectors and copies only the requested part.
                var multiple = Math.Max(Float32Conversion.LengthMultiple, From.BlockLength());
                var padded = (count + multiple - 1) / multiple * multiple;
                var paddedBytes = last[..(int)BytesOf(padded)];
                paddedBytes.Clear();
                from.CopyTo(paddedBytes);
                ConvertChunk(paddedBytes, float32[..padded], result[..(padded * SizeTo)], scale);
                result[..to.Length].CopyTo(to);
            }
        }
    }

    private void ConvertChunk(ReadOnlySpan<byte> from, Span<float> float32, Span<byte> to, float? scale)
    {
        if (To == ScalarType.Float32)
            float32 = MemoryMarshal.Cast<byte, float>(to);

        Float32Conversion.ToSingle(From, from, float32);
        if (scale is { } factor)
            Multiply(float32, factor);
        if (To == ScalarType.BFloat16)
            BFloat16Rounding.ToBFloat16(float32, MemoryMarshal.Cast<byte, ushort>(to));
    }

    private static void Multiply(Span<float> values, float factor)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        for (nuint i = 0; i < (nuint)values.Length; i += (nuint)Vector<float>.Count)
            (Vector.LoadUnsafe(ref first, i) * factor).StoreUnsafe(ref first, i);
    }
}
