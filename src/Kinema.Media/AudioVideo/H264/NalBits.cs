namespace Kinema.Media.AudioVideo.H264;

/// <summary>Reads the bits of a NAL unit; behind its end all are 0.</summary>
/// <remarks>ISO/IEC 14496-10, 7.3.1 and 9.1. The bytes come without those that prevent start codes.</remarks>
internal ref struct NalBits(ReadOnlySpan<byte> payload)
{
    private const int LongestCode = 31;

    private readonly ReadOnlySpan<byte> _payload = payload;
    private long _position;

    /// <summary>Copies a unit without the bytes that prevent start codes.</summary>
    public static byte[] Unescape(ReadOnlySpan<byte> unit)
    {
        var bytes = new byte[unit.Length];
        var (count, zeros) = (0, 0);
        foreach (var b in unit)
        {
            if (zeros >= 2 && b == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = b == 0 ? zeros + 1 : 0;
            bytes[count++] = b;
        }

        return bytes[..count];
    }

    public bool ReadFlag() => Read(1) == 1;

    public uint Read(int count)
    {
        var value = 0u;
        for (; count > 0; count--, _position++)
            value = (value << 1) | (_position < _payload.Length * 8L ? (uint)(_payload[(int)(_position / 8)] >> (7 - (int)(_position % 8))) & 1 : 0);
        return value;
    }

    /// <summary>ue(v)</summary>
    public uint ReadUnsigned()
    {
        var zeros = 0;
        while (zeros < LongestCode && !ReadFlag())
            zeros++;
        return (1u << zeros) - 1 + Read(zeros);
    }

    /// <summary>se(v)</summary>
    public int ReadSigned()
    {
        var code = ReadUnsigned();
        return (code & 1) == 1 ? (int)((code >> 1) + 1) : -(int)(code >> 1);
    }
}
