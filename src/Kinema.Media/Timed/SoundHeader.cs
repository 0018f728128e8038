using System.Buffers.Binary;

namespace Kinema.Media.Timed;

/// <summary>Whether a file is built like the sound its first bytes promise, before any program looks at it.</summary>
internal static class SoundHeader
{
    /// <summary>How far into an MP3 its first two frames are looked for.</summary>
    private const int FirstFramesWithin = 64 << 10;

    private const int MostChunks = 1000;

    // MPEG-1 and MPEG-2/2.5 layer III, thousands of bits a second, by index (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-3, 2.4.2.3).
    private static readonly int[] _rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] _rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <returns>What is wrong with it, or null.</returns>
    public static string? FindProblem(Stream file, string contentType) => contentType == "audio/wav" ? InWave(file) : InMp3(file);

    private static string? InWave(Stream file)
    {
        var head = new byte[8];
        var (hasFormat, position) = (false, 12L);
        for (var chunk = 0; chunk < MostChunks && position + head.Length <= file.Length; chunk++)
        {
            file.Position = position;
            file.ReadExactly(head);
            if (head.AsSpan().StartsWith("data"u8))
                return hasFormat ? null : "it does not say how its samples are written";

            hasFormat |= head.AsSpan().StartsWith("fmt "u8);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            position += 8 + size + (size & 1);
        }

        return "it has no samples; the file is cut short or damaged";
    }

    private static string? InMp3(Stream file)
    {
        var start = AfterTags(file);
        var window = new byte[Math.Clamp(file.Length - start, 0, FirstFramesWithin)];
        file.Position = start;
        file.ReadExactly(window);
        for (var at = 0; at + 4 <= window.Length; at++)
        {
            var length = FrameLength(window.AsSpan(at));
            if (length > 0 && at + length + 4 <= window.Length && FrameLength(window.AsSpan(at + length)) > 0)
                return null;
        }

        return "it has no MP3 frames; the file is cut short or damaged";
    }

    /// <summary>Skips ID3v2 tags; their sizes have seven bits a byte.</summary>
    private static long AfterTags(Stream file)
    {
        var tag = new byte[10];
        long position = 0;
        while (position + tag.Length <= file.Length)
        {
            file.Position = position;
            file.ReadExactly(tag);
            if (tag is not [(byte)'I', (byte)'D', (byte)'3', _, _, var flags, < 128, < 128, < 128, < 128])
                break;
            position += 10 + (tag[6] << 21 | tag[7] << 14 | tag[8] << 7 | tag[9]) + ((flags & 0x10) != 0 ? 10 : 0);
        }

        return Math.Min(position, file.Length);
    }

    /// <returns>0 when these bytes begin no frame of layer III.</returns>
    private static int FrameLength(ReadOnlySpan<byte> head)
    {
        if (head is not [0xFF, var version, var rates, ..] || (version & 0xE0) != 0xE0 || (version & 0x18) == 0x08 || (version & 0x06) != 0x02)
            return 0;

        var (rateIndex, sampleIndex) = (rates >> 4, (rates >> 2) & 3);
        if (rateIndex is 0 or 15 || sampleIndex == 3)
            return 0;

        var isFirst = (version & 0x18) == 0x18;
        var samples = new[] { 44100, 48000, 32000 }[sampleIndex] / (isFirst ? 1 : (version & 0x18) == 0x10 ? 2 : 4);
        var bits = (isFirst ? _rates1 : _rates2)[rateIndex] * 1000;
        return ((isFirst ? 144 : 72) * bits / samples) + ((rates >> 1) & 1);
    }
}
