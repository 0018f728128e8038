namespace Kinema.Media.Images.Colour;

/// <summary>Turns decoded pixels that are not yet sRGB, or whose alpha means nothing, into premultiplied sRGB of eight bits a channel, in place.</summary>
internal static unsafe class SourcePixels
{
    private const int PixelsBetweenCancellationChecks = 1 << 20;

    /// <param name="pixels">Red, green, blue and alpha in half precision, not premultiplied; each becomes four bytes at the beginning of the same memory.</param>
    public static void Convert(nint pixels, long count, IPixelConversion conversion, CancellationToken ct)
    {
        var from = (ulong*)pixels;
        var to = (byte*)pixels;
        for (long i = 0; i < count; i++, to += 4)
        {
            if (i % PixelsBetweenCancellationChecks == 0)
                ct.ThrowIfCancellationRequested();
            var stored = from[i];
            var channels = (Half*)&stored;
            var (red, green, blue) = conversion.Convert(channels[0], channels[1], channels[2]);
            var alpha = (int)((Math.Clamp((float)channels[3], 0, 1) * 255) + 0.5f);
            (to[0], to[1], to[2], to[3]) = (Premultiply(red, alpha), Premultiply(green, alpha), Premultiply(blue, alpha), (byte)alpha);
        }
    }

    public static void MakeOpaque(nint pixels, long count)
    {
        for (long i = 0; i < count; i++)
            ((byte*)pixels)[(i * 4) + 3] = 255;
    }

    private static byte Premultiply(byte value, int alpha) => (byte)(((value * alpha) + 127) / 255);
}
