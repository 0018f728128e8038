using Kinema.Engines;

namespace Kinema.Wan.Engine;

/// <summary>Converts an RGB image to the planar 4:2:0 frames of <see cref="VideoFormat"/>.</summary>
/// <remarks>
/// BT.709, limited range; ITU-R BT.709-6, 3.2 to 3.5, in fixed point. Chroma is sited at the left luma sample of each pair and between two rows, so its
/// filter is ¼ ½ ¼ across and the mean of two rows down.
/// </remarks>
internal static class PlanarFrame
{
    // The largest sum, of chroma, stays below 2³¹.
    private const int Bits = 20;

    // A chroma sample is a sum of weight 8: ¼ ½ ¼ in two rows.
    private const int ChromaBits = 3;

    private static readonly int[] _luma = Channel(0.2126, 0.7152, 0.0722, 219.0 / 255);
    private static readonly int[] _cb = Channel(-0.2126, -0.7152, 1 - 0.0722, 224.0 / 255 / (2 * (1 - 0.0722)));
    private static readonly int[] _cr = Channel(1 - 0.2126, -0.7152, -0.0722, 224.0 / 255 / (2 * (1 - 0.2126)));

    /// <summary>Writes the luma plane and the two chroma planes. Both sides of the image are even.</summary>
    public static void Write(RgbImage image, Span<byte> frame)
    {
        var (width, height) = (image.Width, image.Height);
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, width * height * 3 / 2);
        var pixels = image.Pixels.Span;
        var luma = frame[..(width * height)];
        for (int i = 0, at = 0; i < luma.Length; i++, at += 3)
            luma[i] = Code(_luma, pixels[at], pixels[at + 1], pixels[at + 2], Bits, 16);

        var cb = frame.Slice(luma.Length, luma.Length / 4);
        var cr = frame[(luma.Length + cb.Length)..];
        for (var y = 0; y < height / 2; y++)
        {
            var rows = pixels.Slice(y * 2 * width * 3, width * 2 * 3);
            WriteChroma(rows[..(width * 3)], rows[(width * 3)..], cb.Slice(y * width / 2, width / 2), cr.Slice(y * width / 2, width / 2));
        }
    }

    private static void WriteChroma(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> cb, Span<byte> cr)
    {
        for (var x = 0; x < cb.Length; x++)
        {
            var middle = x * 6;
            var (left, right) = (Math.Max(0, middle - 3), middle + 3);
            var red = Weighted(upper, lower, left, middle, right);
            var green = Weighted(upper, lower, left + 1, middle + 1, right + 1);
            var blue = Weighted(upper, lower, left + 2, middle + 2, right + 2);
            cb[x] = Code(_cb, red, green, blue, Bits + ChromaBits, 128);
            cr[x] = Code(_cr, red, green, blue, Bits + ChromaBits, 128);
        }
    }

    private static int Weighted(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, int left, int middle, int right) =>
        upper[left] + (2 * upper[middle]) + upper[right] + lower[left] + (2 * lower[middle]) + lower[right];

    private static byte Code(int[] channel, int red, int green, int blue, int bits, int offset)
    {
        var sum = (channel[0] * red) + (channel[1] * green) + (channel[2] * blue);
        return (byte)(((sum + (1 << (bits - 1))) >> bits) + offset);
    }

    private static int[] Channel(double red, double green, double blue, double scale) =>
        [.. new[] { red, green, blue }.Select(coefficient => (int)Math.Round(coefficient * scale * (1 << Bits)))];
}
