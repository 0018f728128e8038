using Kinema.Engines;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Images;

internal sealed class PosterMaker(IOptions<MediaOptions> options) : IPosterMaker
{
    public byte[] Encode(VideoFormat format, ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, format.FrameBytes);
        var (width, height) = (format.Width, format.Height);
        var luma = frame[..(width * height)];
        var cb = frame.Slice(luma.Length, luma.Length / 4);
        var cr = frame[(luma.Length + cb.Length)..];

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque, SKColorSpace.CreateSrgb()));
        var pixels = bitmap.GetPixelSpan();
        for (var y = 0; y < height; y++)
        {
            var chroma = y / 2 * (width / 2);
            ConvertRow(luma.Slice(y * width, width), cb.Slice(chroma, width / 2), cr.Slice(chroma, width / 2), pixels.Slice(y * bitmap.RowBytes, width * 4));
        }

        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, options.Value.PosterQuality);
        return jpeg.ToArray();
    }

    /// <remarks>BT.709, limited range to full; ITU-R BT.709-6, 3.2 to 3.5, in 16 bit fixed point. Chroma is repeated: JPEG halves it again anyway.</remarks>
    private static void ConvertRow(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> rgba)
    {
        for (var x = 0; x < luma.Length; x++)
        {
            var y = ((luma[x] - 16) * 76309) + 32768;
            var u = cb[x / 2] - 128;
            var v = cr[x / 2] - 128;
            rgba[x * 4] = Clamp(y + (117489 * v));
            rgba[(x * 4) + 1] = Clamp(y - (13975 * u) - (34925 * v));
            rgba[(x * 4) + 2] = Clamp(y + (138438 * u));
            rgba[(x * 4) + 3] = 255;
        }

        static byte Clamp(int value) => (byte)Math.Clamp(value >> 16, 0, 255);
    }
}
