using Kinema.Engines;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Kinema.Media.Images;

/// <summary>Decodes a JPEG at an eighth of its size, which costs a fraction of the whole; other formats are decoded whole.</summary>
internal sealed class SmallCopies(IOptions<MediaOptions> options) : ISmallCopies
{
    private static readonly SKSamplingOptions _sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    public RgbImage? Read(MediaInput input, int longestSide)
    {
        using var small = Draw(input, longestSide);
        if (small is null)
            return null;

        var (width, height) = (small.Width, small.Height);
        var pixels = new byte[width * height * 3];
        var rgba = small.GetPixelSpan();
        for (var y = 0; y < height; y++)
        {
            var row = rgba.Slice(y * small.RowBytes, width * 4);
            for (var x = 0; x < width; x++)
                row.Slice(x * 4, 3).CopyTo(pixels.AsSpan(((y * width) + x) * 3));
        }

        return new(width, height, pixels);
    }

    public byte[]? ReadJpeg(MediaInput input, int longestSide)
    {
        using var small = Draw(input, longestSide);
        using var jpeg = small?.Encode(SKEncodedImageFormat.Jpeg, options.Value.PosterQuality);
        return jpeg?.ToArray();
    }

    private SKBitmap? Draw(MediaInput input, int longestSide)
    {
        using var file = ImageFile.Load(input.Path);
        using var codec = file.OpenCodec();
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > options.Value.MaxDecodedPixels)
            return null;

        var whole = Math.Max(codec.Info.Width, codec.Info.Height);
        var stored = codec.GetScaledDimensions(Math.Min(1f, 2f * longestSide / whole));
        using var decoded = new SKBitmap(new SKImageInfo(stored.Width, stored.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb()));
        if (codec.GetPixels(decoded.Info, decoded.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
            return null;

        var seen = Orientation.Turn(stored, file.Structure.Origin);
        var scale = Math.Min(1f, (float)longestSide / Math.Max(seen.Width, seen.Height));
        var small = new SKBitmap(new SKImageInfo(
            Math.Max(1, (int)(seen.Width * scale)), Math.Max(1, (int)(seen.Height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque, SKColorSpace.CreateSrgb()));
        using var canvas = new SKCanvas(small);
        canvas.Clear(SKColors.White);
        canvas.Scale(small.Width / (float)seen.Width, small.Height / (float)seen.Height);
        canvas.Concat(TurnOf(file.Structure.Origin, stored));
        using var image = SKImage.FromBitmap(decoded);
        canvas.DrawImage(image, 0, 0, _sampling);
        return small;
    }

    /// <summary>From stored to seen pixels.</summary>
    private static SKMatrix TurnOf(SKEncodedOrigin origin, SKSizeI stored) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, stored.Width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, stored.Width, 0, -1, stored.Height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, stored.Height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, stored.Height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, stored.Height, -1, 0, stored.Width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, stored.Width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
