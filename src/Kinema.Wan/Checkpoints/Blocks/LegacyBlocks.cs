namespace Kinema.Wan.Checkpoints.Blocks;

/// <summary>Blocks of 32 numbers with one scale, and a minimum where the kind ends in 1.</summary>
/// <remarks>
/// The kinds of ggml's file format (ggml-common.h and ggml-quants.c name the fields). The scale d and the minimum m are float16; number = (q − offset)·d, or
/// q·d + m. Of a byte with two numbers, the low half belongs to the first 16. Five-bit kinds keep the fifth bits in 4 bytes.
/// </remarks>
internal static class LegacyBlocks
{
    private const int Half = 16;

    public static void Q4(ReadOnlySpan<byte> block, Span<float> to, bool hasMinimum)
    {
        var (d, m) = Header(block, hasMinimum);
        var q = block[(hasMinimum ? 4 : 2)..];
        var offset = hasMinimum ? 0 : 8;
        for (var i = 0; i < Half; i++)
        {
            to[i] = (((q[i] & 15) - offset) * d) + m;
            to[i + Half] = (((q[i] >> 4) - offset) * d) + m;
        }
    }

    public static void Q5(ReadOnlySpan<byte> block, Span<float> to, bool hasMinimum)
    {
        var (d, m) = Header(block, hasMinimum);
        var start = hasMinimum ? 4 : 2;
        var fifth = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(block[start..]);
        var q = block[(start + 4)..];
        var offset = hasMinimum ? 0 : 16;
        for (var i = 0; i < Half; i++)
        {
            to[i] = ((((q[i] & 15) | (int)((fifth >> i << 4) & 16)) - offset) * d) + m;
            to[i + Half] = ((((q[i] >> 4) | (int)((fifth >> (i + 12)) & 16)) - offset) * d) + m;
        }
    }

    public static void Q8(ReadOnlySpan<byte> block, Span<float> to)
    {
        var d = BlockNumbers.Half(block);
        for (var i = 0; i < 2 * Half; i++)
            to[i] = (sbyte)block[i + 2] * d;
    }

    private static (float Scale, float Minimum) Header(ReadOnlySpan<byte> block, bool hasMinimum) =>
        (BlockNumbers.Half(block), hasMinimum ? BlockNumbers.Half(block[2..]) : 0f);
}
