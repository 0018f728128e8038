using System.Buffers.Binary;

namespace Kinema.Media.Images;

/// <summary>Detects animated images that a still decoder would accept: the <c>acTL</c> chunk of PNG and the <c>VP8X</c> flag of WEBP.</summary>
internal static class Animation
{
    private const int MaxChunks = 4096;

    public static bool IsMarked(Stream file, string contentType)
    {
        file.Position = 0;
        return contentType switch
        {
            "image/png" => HasAnimationControl(file),
            "image/webp" => HasAnimationFlag(file),
            _ => false,
        };
    }

    /// <remarks>The PNG specification, third edition: acTL stands before the first IDAT, or the file is a still.</remarks>
    private static bool HasAnimationControl(Stream file)
    {
        Span<byte> chunk = stackalloc byte[8];
        file.Position = 8;
        for (var i = 0; i < MaxChunks; i++)
        {
            if (file.ReadAtLeast(chunk, 8, throwOnEndOfStream: false) < 8)
                return false;
            if (chunk[4..].SequenceEqual("acTL"u8))
                return true;
            if (chunk[4..].SequenceEqual("IDAT"u8))
                return false;
            file.Position += BinaryPrimitives.ReadUInt32BigEndian(chunk) + 4L;
        }

        return false;
    }

    private static bool HasAnimationFlag(Stream file)
    {
        Span<byte> head = stackalloc byte[21];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && head[12..].StartsWith("VP8X"u8)
            && (head[20] & 0b10) != 0;
    }
}
