namespace Kinema.Wan.Images;

/// <summary>Resizes like Pillow: antialiased, columns first, then rows, with 8 bits per channel in between.</summary>
/// <remarks>
/// Weights are rounded to 22 fractional bits and sums to a byte after each pass, as in Pillow's 8-bit resampling. The models' reference preprocessing uses
/// it, and its rounding affects the numbers.
/// </remarks>
internal static class ImageResizer
{
    private const int Channels = 3;
    private const int PrecisionBits = 32 - 8 - 2;
    private const int Half = 1 << (PrecisionBits - 1);

    public static RgbImage Resize(RgbImage image, ImageSize size, ResizeFilter filter)
    {
        var pixels = image.Pixels;
        if (size.Width != image.Width)
            pixels = ResizeWidth(pixels.Span, image.Width, image.Height, Taps(image.Width, size.Width, filter));
        if (size.Height != image.Height)
            pixels = ResizeHeight(pixels.Span, size.Width, Taps(image.Height, size.Height, filter));
        return new RgbImage(size.Width, size.Height, pixels);
    }

    /// <summary>Returns the region of an image from (left, top) on.</summary>
    public static RgbImage Crop(RgbImage image, int left, int top, ImageSize size)
    {
        var row = Channels * size.Width;
        var pixels = new byte[row * size.Height];
        for (var y = 0; y < size.Height; y++)
            image.Pixels.Span.Slice(Channels * (((top + y) * image.Width) + left), row).CopyTo(pixels.AsSpan(y * row));
        return new RgbImage(size.Width, size.Height, pixels);
    }

    private static byte[] ResizeWidth(ReadOnlySpan<byte> source, int sourceWidth, int height, Tap[] taps)
    {
        var result = new byte[Channels * taps.Length * height];
        for (var y = 0; y < height; y++)
        {
            var from = source.Slice(Channels * y * sourceWidth, Channels * sourceWidth);
            var to = result.AsSpan(Channels * y * taps.Length, Channels * taps.Length);
            for (var x = 0; x < taps.Length; x++)
            {
                int red = Half, green = Half, blue = Half;
                var at = Channels * taps[x].First;
                foreach (var weight in taps[x].Weights)
                {
                    red += from[at] * weight;
                    green += from[at + 1] * weight;
                    blue += from[at + 2] * weight;
                    at += Channels;
                }

                (to[Channels * x], to[(Channels * x) + 1], to[(Channels * x) + 2]) = (ToByte(red), ToByte(green), ToByte(blue));
            }
        }

        return result;
    }

    private static byte[] ResizeHeight(ReadOnlySpan<byte> source, int width, Tap[] taps)
    {
        var row = Channels * width;
        var result = new byte[row * taps.Length];
        var sums = new int[row];
        for (var y = 0; y < taps.Length; y++)
        {
            Array.Fill(sums, Half);
            for (var k = 0; k < taps[y].Weights.Length; k++)
            {
                var weight = taps[y].Weights[k];
                var from = source.Slice(row * (taps[y].First + k), row);
                for (var i = 0; i < from.Length; i++)
                    sums[i] += from[i] * weight;
            }

            for (var i = 0; i < sums.Length; i++)
                result[(row * y) + i] = ToByte(sums[i]);
        }

        return result;
    }

    /// <summary>Returns the input positions and their weights for each output position. Downscaling widens the kernel.</summary>
    private static Tap[] Taps(int sourceLength, int length, ResizeFilter filter)
    {
        var scale = (double)sourceLength / length;
        var widening = Math.Max(scale, 1);
        var support = filter.Support * widening;
        var taps = new Tap[length];
        for (var i = 0; i < length; i++)
        {
            var center = (i + 0.5) * scale;
            var first = Math.Max((int)(center - support + 0.5), 0);
            var end = Math.Min((int)(center + support + 0.5), sourceLength);
            var weights = Enumerable.Range(first, end - first).Select(at => filter.At((at - center + 0.5) * (1 / widening))).ToArray();
            var sum = weights.Sum();
            taps[i] = new Tap(first, [.. weights.Select(weight => ToFixed(weight / sum))]);
        }

        return taps;
    }

    private static int ToFixed(double weight) => (int)((weight * (1 << PrecisionBits)) + (weight < 0 ? -0.5 : 0.5));

    private static byte ToByte(int sum) => (byte)Math.Clamp(sum >> PrecisionBits, 0, 255);

    private readonly record struct Tap(int First, int[] Weights);
}
