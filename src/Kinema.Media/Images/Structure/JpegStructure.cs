using System.Buffers.Binary;
using Kinema.Media.Images.Colour;
using SkiaSharp;

namespace Kinema.Media.Images.Structure;

/// <summary>Walks the segments of a JPEG file up to its first scan.</summary>
/// <remarks>ITU-T T.81, annex B. EXIF and profiles stand in application segments in any order; the frame header tells whether the picture is gray.</remarks>
internal static class JpegStructure
{
    private const int MaxSegments = 4096;
    private const byte Scan = 0xDA;

    public static ImageStructure Read(BoundedReader file)
    {
        var profile = new JpegProfile(file);
        SKEncodedOrigin? origin = null;
        var (isGray, headerBytes) = (false, 0L);
        foreach (var (marker, content, length) in Segments(file))
        {
            if (marker == 0xE1)
                origin ??= Orientation(file, content, length);
            else if (marker == 0xE2)
                profile.Add(content, length);
            else if (IsFrame(marker))
                isGray = file.ReadBlock(content, length, 6) is [_, _, _, _, _, 1];
            else if (marker == Scan)
                headerBytes = content + length;
        }

        return new() { Origin = origin ?? SKEncodedOrigin.TopLeft, Colour = isGray ? GrayProfile.Parse(profile.Join()) : null, HeaderBytes = headerBytes };
    }

    private static SKEncodedOrigin? Orientation(BoundedReader file, long content, int length)
    {
        Span<byte> name = stackalloc byte[6];
        return length > name.Length && file.TryRead(content, name) && name.SequenceEqual("Exif\0\0"u8)
            ? ExifOrientation.Read(file, content, length)
            : null;
    }

    private static IEnumerable<(byte Marker, long Content, int Length)> Segments(BoundedReader file)
    {
        var head = new byte[4];
        long position = 2;
        for (var i = 0; i < MaxSegments && file.TryRead(position, head) && head[0] == 0xFF; i++)
        {
            // A marker may stand behind any number of 0xFF.
            if (head[1] == 0xFF)
            {
                position++;
                continue;
            }

            if (head[1] == 0xD9)
                yield break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2));
            if (length < 2)
                yield break;
            yield return (head[1], position + 4, length - 2);
            if (head[1] == Scan)
                yield break;
            position += 2 + length;
        }
    }

    /// <summary>SOF0 to SOF15 without the tables that stand between them.</summary>
    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
