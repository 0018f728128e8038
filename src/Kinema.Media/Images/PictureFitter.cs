using Kinema.Engines;
using SkiaSharp;

namespace Kinema.Media.Images;

internal sealed class PictureFitter(IImageReader reader) : IPictureFitter
{
    private const int CompressionLevel = 4;

    private static readonly SKSamplingOptions _sampling = new(SKCubicResampler.Mitchell);

    public byte[] FitPng(MediaInput picture, int width, int height, CancellationToken cancellationToken)
    {
        var read = reader.Read(picture, cancellationToken);
        using var whole = ToBitmap(read);
        var shape = (double)width / height;
        var (cutWidth, cutHeight) = (Math.Min(read.Width, read.Height * shape), Math.Min(read.Height, read.Width / shape));
        var cut = SKRect.Create((float)((read.Width - cutWidth) / 2), (float)((read.Height - cutHeight) / 2), (float)cutWidth, (float)cutHeight);

        using var fitted = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque, colorspace: null));
        using (var canvas = new SKCanvas(fitted))
        using (var image = SKImage.FromBitmap(whole))
        {
            // Halved first where it is much larger: a cubic alone would skip pixels.
            var halved = cutWidth / width > 2 ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear) : _sampling;
            canvas.DrawImage(image, cut, SKRect.Create(width, height), halved);
        }

        using var map = fitted.PeekPixels();
        using var png = map.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, CompressionLevel))
            ?? throw new InvalidOperationException("The picture could not be encoded.");
        return PngChunks.KeepCritical(png.AsSpan());
    }

    private static SKBitmap ToBitmap(RgbImage picture)
    {
        var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque, colorspace: null));
        var target = bitmap.GetPixelSpan();
        var source = picture.Pixels.Span;
        for (var y = 0; y < picture.Height; y++)
        {
            var row = target.Slice(y * bitmap.RowBytes, picture.Width * 4);
            for (var x = 0; x < picture.Width; x++)
            {
                source.Slice(((y * picture.Width) + x) * 3, 3).CopyTo(row[(x * 4)..]);
                row[(x * 4) + 3] = byte.MaxValue;
            }
        }

        return bitmap;
    }
}
