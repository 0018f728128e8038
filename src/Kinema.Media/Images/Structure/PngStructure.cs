using System.Buffers.Binary;
using System.IO.Compression;
using Kinema.Media.Images.Colour;
using SkiaSharp;

namespace Kinema.Media.Images.Structure;

/// <summary>Walks the chunks of a PNG file.</summary>
/// <remarks>PNG specification, third edition. Of colour, <c>cICP</c> comes before <c>iCCP</c>, <c>sRGB</c>, <c>gAMA</c> and <c>cHRM</c> (4.3).</remarks>
internal static class PngStructure
{
    /// <summary>Position of the first chunk: IHDR.</summary>
    private const int FirstChunk = 8;

    /// <summary>Twelve bytes a chunk at least: enough for files of the size that is allowed with chunks of some hundred bytes.</summary>
    private const int MaxChunks = 200_000;

    public static ImageStructure Read(BoundedReader file)
    {
        SKEncodedOrigin? origin = null;
        Cicp? cicp = null;
        GrayProfile? gray = null;
        var (isGray, hasPixels, isAnimated, headerBytes) = (false, false, false, 0L);
        foreach (var (type, content, length) in Chunks(file))
        {
            switch (type)
            {
                case PngChunk.Header:
                    isGray = file.ReadBlock(content, length, 13) is [_, _, _, _, _, _, _, _, _, 0 or 4, ..];
                    break;
                case PngChunk.Pixels:
                    headerBytes = hasPixels ? headerBytes : content;
                    hasPixels = true;
                    break;
                case PngChunk.Exif:
                    origin ??= ExifOrientation.Read(file, content, length);
                    break;
                // The rest counts only before the pixels.
                case PngChunk.AnimationControl when !hasPixels:
                    isAnimated = file.ReadBlock(content, length, 4) is [_, _, _, _] count && BinaryPrimitives.ReadUInt32BigEndian(count) > 1;
                    break;
                case PngChunk.CodingIndependentCodePoints when !hasPixels && length == 4:
                    cicp ??= Cicp.Parse(file.ReadBlock(content, length, 4));
                    break;
                case PngChunk.IccProfile when !hasPixels && isGray:
                    gray ??= GrayProfile.Parse(Inflate(file.ReadBlock(content, length, IccProfile.MaxBytes)));
                    break;
            }
        }

        return new()
        {
            Origin = origin ?? SKEncodedOrigin.TopLeft,
            IsAnimated = isAnimated,
            Colour = cicp is not null ? new CicpColour(cicp) : gray,
            HeaderBytes = headerBytes,
        };
    }

    /// <summary>Renames a profile that Skia is not to apply: an unknown chunk is passed over.</summary>
    public static void HideProfile(Span<byte> file, BoundedReader reader)
    {
        foreach (var (type, content, _) in Chunks(reader).TakeWhile(chunk => chunk.Type != PngChunk.Pixels))
        {
            if (type == PngChunk.IccProfile)
                "prVt"u8.CopyTo(file[((int)content - 4)..]);
        }
    }

    private static IEnumerable<(uint Type, long Content, uint Length)> Chunks(BoundedReader file)
    {
        var head = new byte[8];
        long position = FirstChunk;
        for (var i = 0; i < MaxChunks && file.TryRead(position, head); i++)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(head);
            var type = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4));
            yield return (type, position + 8, length);
            if (type == PngChunk.End)
                yield break;
            position = type == PngChunk.Pixels ? PngPixelRow.FindEnd(file, position, length) : position + 12L + length;
        }
    }

    /// <summary>A profile stands behind its name, a zero and the number of the compression method.</summary>
    private static byte[] Inflate(byte[] chunk)
    {
        var name = chunk.AsSpan().IndexOf((byte)0);
        if (name < 0 || name + 2 > chunk.Length)
            return [];

        try
        {
            using var zlib = new ZLibStream(new MemoryStream(chunk, name + 2, chunk.Length - name - 2), CompressionMode.Decompress);
            var profile = new byte[IccProfile.MaxBytes];
            return profile[..zlib.ReadAtLeast(profile, profile.Length, throwOnEndOfStream: false)];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
