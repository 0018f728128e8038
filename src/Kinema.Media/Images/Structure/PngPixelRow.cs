using System.Buffers.Binary;

namespace Kinema.Media.Images.Structure;

/// <summary>Pixels of a PNG file stand in one row of chunks, often a thousand of one length: what is behind them is found without a look at each.</summary>
internal static class PngPixelRow
{
    private const int EndChunkBytes = 12;

    /// <param name="first">Position of the row's first chunk.</param>
    /// <param name="length">Stated length of its data.</param>
    /// <returns>Position behind the last chunk of the row.</returns>
    public static long FindEnd(BoundedReader file, long first, uint length) => ReachesEnd(file, first, length) ? file.Length - EndChunkBytes : Search(file, first, length);

    /// <summary>Whether a row of equal chunks of pixels, the last maybe shorter, reaches up to an end chunk at the end of the file, as in most.</summary>
    private static bool ReachesEnd(BoundedReader file, long first, uint length)
    {
        var (stride, end) = (12L + length, file.Length - EndChunkBytes);
        var last = first + ((end - first - 1) / stride * stride);
        Span<byte> head = stackalloc byte[8];
        return end > first
            && file.TryRead(last, head) && head.EndsWith("IDAT"u8) && last + 12 + BinaryPrimitives.ReadUInt32BigEndian(head) == end
            && file.TryRead(end, head) && head.SequenceEqual("\0\0\0\0IEND"u8);
    }

    /// <returns>The place behind the last chunk of pixels that stands where a row of equal ones has it; it may be shorter itself.</returns>
    private static long Search(BoundedReader file, long first, uint length)
    {
        var stride = 12L + length;
        var (low, high, last) = (0L, (file.Length - first) / stride, length);
        Span<byte> head = stackalloc byte[8];
        for (var middle = high; low < high; middle = (low + high + 1) / 2)
        {
            if (file.TryRead(first + (middle * stride), head) && head.EndsWith("IDAT"u8) && BinaryPrimitives.ReadUInt32BigEndian(head) <= length)
                (low, last) = (middle, BinaryPrimitives.ReadUInt32BigEndian(head));
            else
                high = middle - 1;
        }

        return first + (low * stride) + 12 + last;
    }
}
