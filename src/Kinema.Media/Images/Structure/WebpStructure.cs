using System.Buffers.Binary;

namespace Kinema.Media.Images.Structure;

/// <summary>Walks the chunks of a WebP file.</summary>
/// <remarks>RFC 9649: an animation has one ANMF chunk a frame; EXIF stands behind the picture.</remarks>
internal static class WebpStructure
{
    private const int FirstChunk = 12;
    private const int MaxChunks = 4096;

    public static ImageStructure Read(BoundedReader file)
    {
        var found = new ImageStructure();
        Span<byte> head = stackalloc byte[8];
        long position = FirstChunk;
        var (frames, hasOrigin) = (0, false);
        for (var i = 0; i < MaxChunks && file.TryRead(position, head); i++)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            if (head.StartsWith("ANMF"u8))
                frames++;
            if (!hasOrigin && head.StartsWith("EXIF"u8) && ExifOrientation.Find(file.ReadBlock(position + 8, length, ExifOrientation.MaxBytes)) is { } origin)
                (found, hasOrigin) = (found with { Origin = origin }, true);
            position += 8L + length + (length & 1);
        }

        return found with { IsAnimated = frames > 1 };
    }
}
