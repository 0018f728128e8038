namespace Kinema.Media.AudioVideo;

/// <summary>Skips ID3v2 tags (id3.org, ID3v2.4 structure, 3.1): sizes have seven bits a byte.</summary>
internal static class Mp3Tags
{
    private const int Header = 10;

    /// <returns>Offset after the tags; at most the file length.</returns>
    public static long SkipFrom(Stream file, long position)
    {
        Span<byte> tag = stackalloc byte[Header];
        while (position + Header <= file.Length)
        {
            file.Position = position;
            file.ReadExactly(tag);
            if (tag is not [(byte)'I', (byte)'D', (byte)'3', _, _, var flags, < 128, < 128, < 128, < 128])
                break;
            position += Header + (tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9]) + ((flags & 0x10) != 0 ? Header : 0);
        }

        return Math.Min(position, file.Length);
    }
}
