using System.Buffers.Binary;

namespace Kinema.Media.AudioVideo;

/// <summary>
/// Skips tags before and between MP3 frames: ID3v2 (id3.org, ID3v2.4 structure, 3.1; sizes have seven bits a byte) and APEv2, whose sizes leave out the
/// header.
/// </summary>
internal static class Mp3Tags
{
    private const int Id3Header = 10;
    private const int ApeHeader = 32;
    private const int BytesNeeded = 16;

    /// <returns>Offset after the tags; at most the file length.</returns>
    public static long SkipFrom(Stream file, long position)
    {
        Span<byte> tag = stackalloc byte[BytesNeeded];
        while (position + BytesNeeded <= file.Length)
        {
            file.Position = position;
            file.ReadExactly(tag);
            if (tag is [(byte)'I', (byte)'D', (byte)'3', _, _, var flags, < 128, < 128, < 128, < 128, ..])
                position += Id3Header + (tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9]) + ((flags & 0x10) != 0 ? Id3Header : 0);
            else if (tag.StartsWith("APETAGEX"u8))
                position += ApeHeader + BinaryPrimitives.ReadUInt32LittleEndian(tag[12..]);
            else
                break;
        }

        return Math.Min(position, file.Length);
    }
}
