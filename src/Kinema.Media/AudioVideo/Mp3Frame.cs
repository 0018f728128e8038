namespace Kinema.Media.AudioVideo;

/// <summary>Header of one MP3 frame (ISO/IEC 11172-3, 2.4.2.3; ISO/IEC 13818-3, 2.4.2.3).</summary>
/// <param name="Length">Length, bytes; includes the header.</param>
/// <param name="Seconds">Duration, seconds.</param>
internal readonly record struct Mp3Frame(int Length, double Seconds)
{
    public const int HeaderBytes = 4;

    // MPEG-1 and MPEG-2/2.5 layer III, thousands of bits a second, by index.
    private static readonly int[] _rates1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] _rates2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] _samples = [44100, 48000, 32000];

    /// <returns>Null if the bytes are not a layer III frame header.</returns>
    public static Mp3Frame? Read(ReadOnlySpan<byte> head)
    {
        if (head is not [0xFF, var version, var rates, _, ..] || (version & 0xE0) != 0xE0 || (version & 0x18) == 0x08 || (version & 0x06) != 0x02)
            return null;

        var (rateIndex, sampleIndex) = (rates >> 4, (rates >> 2) & 3);
        if (rateIndex is 0 or 15 || sampleIndex == 3)
            return null;

        var isFirst = (version & 0x18) == 0x18;
        var samples = _samples[sampleIndex] / (isFirst ? 1 : (version & 0x18) == 0x10 ? 2 : 4);
        var bits = (isFirst ? _rates1 : _rates2)[rateIndex] * 1000;
        return new(((isFirst ? 144 : 72) * bits / samples) + ((rates >> 1) & 1), (isFirst ? 1152.0 : 576.0) / samples);
    }

    /// <summary>Returns the offset of the first of several frames in a row; a single match may be chance.</summary>
    /// <returns>-1 if there are none in these bytes.</returns>
    public static int Find(ReadOnlySpan<byte> bytes, int count)
    {
        for (var at = 0; at + HeaderBytes <= bytes.Length; at++)
        {
            if (HasRow(bytes[at..], count))
                return at;
        }

        return -1;
    }

    private static bool HasRow(ReadOnlySpan<byte> bytes, int count)
    {
        for (var frame = 0; frame < count; frame++)
        {
            if (Read(bytes) is not { } found)
                return false;
            bytes = bytes[Math.Min(found.Length, bytes.Length)..];
        }

        return true;
    }
}
