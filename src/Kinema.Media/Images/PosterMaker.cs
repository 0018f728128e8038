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

    /// <summary>Chroma is repeated: JPEG halves it again anyway.</summary>
    private static void ConvertRow(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> cb, ReadOnlySpan<byte> cr, Span<byte> rgba)
    {
        for (var x = 0; x < luma.Length; x++)
            Bt709.ToRgba(luma[x], cb[x / 2], cr[x / 2], rgba.Slice(x * 4, 4));
    }
}
