using Kinema.Engines;
using SkiaSharp;

namespace Kinema.Media.Images;

internal sealed class LastFrameMaker : ILastFrameMaker
{
    /// <summary>Higher levels take several times as long and save a few percent.</summary>
    private const int CompressionLevel = 4;

    public byte[] Encode(VideoFormat format, ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(frame.Length, format.FrameBytes);
        var (width, height) = (format.Width, format.Height);
        var luma = frame[..(width * height)];
        var cb = frame.Slice(luma.Length, luma.Length / 4);
        var cr = frame[(luma.Length + cb.Length)..];

        // With a colour space the encoder would write it into a chunk.
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque, colorspace: null));
        var pixels = bitmap.GetPixelSpan();
        var (blue, red) = (new int[width], new int[width]);
        for (var y = 0; y < height; y++)
        {
            ReadChromaRow(cb, width / 2, y, blue);
            ReadChromaRow(cr, width / 2, y, red);
            var row = pixels[(y * bitmap.RowBytes)..];
            for (var x = 0; x < width; x++)
                Bt709.ToRgba(luma[(y * width) + x], blue[x], red[x], row.Slice(x * 4, 4));
        }

        using var map = bitmap.PeekPixels();
        using var png = map.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, CompressionLevel))
            ?? throw new InvalidOperationException("The last frame could not be encoded.");
        return PngChunks.KeepCritical(png.AsSpan());
    }

    /// <summary>
    /// Interpolates chroma to the luma samples of a row: vertically it lies between two rows, horizontally on every even sample. Repeating it would shift the colours
    /// by a quarter of a pixel with each hop.
    /// </summary>
    private static void ReadChromaRow(ReadOnlySpan<byte> chroma, int width, int y, Span<int> row)
    {
        var rows = chroma.Length / width;
        var near = chroma.Slice(y / 2 * width, width);
        var far = chroma.Slice(Math.Clamp((y / 2) + (y % 2 == 0 ? -1 : 1), 0, rows - 1) * width, width);
        for (var x = 0; x < row.Length; x++)
        {
            var (here, next) = (x / 2, Math.Min((x / 2) + (x % 2), width - 1));
            row[x] = ((3 * (near[here] + near[next])) + far[here] + far[next] + 4) / 8;
        }
    }
}
