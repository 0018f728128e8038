using System.Buffers.Binary;

namespace Kinema.Hosted.DashScope.Media;

/// <summary>Tells whether a PNG has transparency, by its headers: the model takes none.</summary>
internal static class PngTransparency
{
    private const int ChunksBegin = 8;
    private const int ColourTypeAt = 25;

    /// <summary>Chunks before the pixels are few.</summary>
    private const int MostChunks = 256;

    public static bool IsIn(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[ColourTypeAt + 1];
        if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return false;

        // Grey or colour with a channel of transparency.
        if (head[ColourTypeAt] is 4 or 6)
            return true;

        file.Position = ChunksBegin;
        Span<byte> chunk = stackalloc byte[8];
        for (var n = 0; n < MostChunks && file.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false) == chunk.Length; n++)
        {
            if (chunk[4..].SequenceEqual("tRNS"u8))
                return true;
            if (chunk[4..].SequenceEqual("IDAT"u8))
                return false;
            file.Position += BinaryPrimitives.ReadUInt32BigEndian(chunk) + sizeof(uint);
        }

        return false;
    }
}
