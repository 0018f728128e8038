namespace Kinema.Media.AudioVideo.H264;

/// <summary>The message by which an encoder promises that pictures are whole some numbers later, although none of them needs no other.</summary>
/// <remarks>ISO/IEC 14496-10, 7.3.2.3.1, D.1.8 and D.2.8.</remarks>
internal static class RecoveryPoint
{
    private const int PayloadType = 6;

    /// <param name="unit">A unit of supplemental information, or its beginning.</param>
    /// <returns>recovery_frame_cnt; null if the unit holds no such message.</returns>
    public static uint? Find(ReadOnlySpan<byte> unit)
    {
        ReadOnlySpan<byte> rest = NalBits.Unescape(unit[1..]);
        while (rest.Length > 2)
        {
            var (type, size) = (ReadNumber(ref rest), ReadNumber(ref rest));
            if (type == PayloadType && !rest.IsEmpty)
                return new NalBits(rest).ReadUnsigned();
            rest = rest[Math.Min(size, rest.Length)..];
        }

        return null;
    }

    /// <summary>A number is a row of 255s and what is left.</summary>
    private static int ReadNumber(ref ReadOnlySpan<byte> rest)
    {
        var number = 0;
        while (!rest.IsEmpty)
        {
            var b = rest[0];
            rest = rest[1..];
            number += b;
            if (b != 255)
                break;
        }

        return number;
    }
}
