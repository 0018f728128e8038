using System.Buffers.Binary;
using SkiaSharp;

namespace Kinema.Media.Images.Structure;

/// <summary>Walks the chunks of a WebP file.</summary>
/// <remarks>RFC 9649: an animation has one ANMF chunk a frame; EXIF stands behind the picture.</remarks>
internal static class WebpStructure
{
    private const int FirstChunk = 12;
    private const int MaxChunks = 4096;

    public static ImageStructure Read(BoundedReader file)
    {
        Span<byte> head = stackalloc byte[8];
        long position = FirstChunk;
        SKEncodedOrigin? origin = null;
        var frames = 0;
        for (var i = 0; i < MaxChunks && file.TryRead(position, head); i++)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head.StartsWith("ANMF"u8))
                frames++;
            if (head.StartsWith("EXIF"u8))
                origin ??= ExifOrientation.Read(file, position + 8, length);
            position += 8L + length + (length & 1);
        }

        return new() { Origin = origin ?? SKEncodedOrigin.TopLeft, IsAnimated = frames > 1 };
    }
}
