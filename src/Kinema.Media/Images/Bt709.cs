namespace Kinema.Media.Images;

/// <summary>Colours of the frames that engines yield.</summary>
internal static class Bt709
{
    /// <remarks>BT.709, limited range to full; ITU-R BT.709-6, 3.2 to 3.5, in 16 bit fixed point.</remarks>
    public static void ToRgba(int luma, int cb, int cr, Span<byte> rgba)
    {
        var y = ((luma - 16) * 76309) + 32768;
        var u = cb - 128;
        var v = cr - 128;
        rgba[0] = Clamp(y + (117489 * v));
        rgba[1] = Clamp(y - (13975 * u) - (34925 * v));
        rgba[2] = Clamp(y + (138438 * u));
        rgba[3] = 255;
    }

    private static byte Clamp(int value) => (byte)Math.Clamp(value >> 16, 0, 255);
}
