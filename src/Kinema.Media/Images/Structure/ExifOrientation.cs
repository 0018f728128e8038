using System.Buffers.Binary;
using SkiaSharp;

namespace Kinema.Media.Images.Structure;

/// <summary>Finds the orientation in an EXIF block, wherever a container keeps it.</summary>
/// <remarks>EXIF 2.32: a TIFF file whose first directory may have tag 0x0112, a number from 1 to 8.</remarks>
internal static class ExifOrientation
{
    /// <summary>The first directory stands at the block's beginning; a segment of JPEG cannot hold more.</summary>
    private const int MaxBytes = 65536;

    private const int Tag = 0x0112;

    /// <summary>Bytes that hold the first directory in nearly every block; a thumbnail and a maker's notes make up the rest.</summary>
    private const int DirectoryBytes = 1024;

    /// <returns>Null if the block states none.</returns>
    public static SKEncodedOrigin? Read(BoundedReader file, long content, long length) =>
        Find(file.ReadBlock(content, length, DirectoryBytes)) ?? (length > DirectoryBytes ? Find(file.ReadBlock(content, length, MaxBytes)) : null);

    private static SKEncodedOrigin? Find(ReadOnlySpan<byte> exif)
    {
        // JPEG's prefix, which some writers put into PNG and WebP too.
        if (exif.StartsWith("Exif\0\0"u8))
            exif = exif[6..];
        if (exif.Length < 8 || !(exif.StartsWith("II*\0"u8) || exif.StartsWith("MM\0*"u8)))
            return null;

        var isLittle = exif[0] == 'I';
        var directory = Number(exif[4..8], isLittle);
        if (directory > exif.Length - 2)
            return null;

        var entries = exif[(int)(directory + 2)..];
        for (var left = Number(exif.Slice((int)directory, 2), isLittle); left > 0 && entries.Length >= 12; left--, entries = entries[12..])
        {
            if (Number(entries[..2], isLittle) == Tag)
                return Value(entries, isLittle) is >= 1 and <= 8 and var value ? (SKEncodedOrigin)value : null;
        }

        return null;
    }

    /// <summary>A short by the standard; some writers use a long.</summary>
    private static long Value(ReadOnlySpan<byte> entry, bool isLittle) => Number(entry[2..4], isLittle) switch
    {
        3 => Number(entry[8..10], isLittle),
        4 => Number(entry[8..12], isLittle),
        _ => 0,
    };

    private static long Number(ReadOnlySpan<byte> bytes, bool isLittle) => (bytes.Length, isLittle) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };
}
