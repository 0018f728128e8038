using System.Buffers.Binary;

namespace Kinema.Media.Images.Structure;

/// <summary>Tells whether a bitmap's alpha channel is 0 in every pixel: programs that fill in only the colours leave it so.</summary>
/// <remarks>BITMAPV4HEADER and BITMAPV5HEADER; headers from 56 bytes on have an alpha mask.</remarks>
internal static class BmpAlpha
{
    private const int FileHeaderBytes = 14;
    private const int HeaderBytes = 56;
    private const int BufferBytes = 65536;

    /// <summary>A bitmap that uses alpha has some in its first pixels.</summary>
    private const int FirstBytes = 256;
    private const uint BitFields = 3;

    public static bool IsUnused(BoundedReader file)
    {
        Span<byte> head = stackalloc byte[FileHeaderBytes + HeaderBytes];
        if (!file.TryRead(0, head))
            return false;

        var pixels = BinaryPrimitives.ReadUInt32LittleEndian(head[10..]);
        var header = head[FileHeaderBytes..];
        var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(header[4..]), Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(header[8..])));
        var mask = BinaryPrimitives.ReadUInt32LittleEndian(header[52..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) >= HeaderBytes
            && BinaryPrimitives.ReadUInt16LittleEndian(header[14..]) == 32
            && BinaryPrimitives.ReadUInt32LittleEndian(header[16..]) == BitFields
            && mask != 0 && width > 0 && height > 0
            && IsZero(file, pixels, 4L * width * height, mask);
    }

    /// <summary>Stops at the first pixel that has alpha: in a bitmap that uses it, one of the first.</summary>
    private static bool IsZero(BoundedReader file, long position, long length, uint mask)
    {
        var end = Math.Min(position + length, file.Length);
        var buffer = new byte[FirstBytes];
        while (end - position >= 4)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, (end - position) / 4 * 4));
            if (!file.TryRead(position, part))
                return false;
            for (var i = 0; i < part.Length; i += 4)
            {
                if ((BinaryPrimitives.ReadUInt32LittleEndian(part[i..]) & mask) != 0)
                    return false;
            }

            position += part.Length;
            if (buffer.Length < BufferBytes)
                buffer = new byte[BufferBytes];
        }

        return true;
    }
}
