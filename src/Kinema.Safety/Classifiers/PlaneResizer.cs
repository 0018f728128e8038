namespace Kinema.Safety.Classifiers;

/// <summary>Resizes one channel of 8 bits.</summary>
internal static class PlaneResizer
{
    /// <param name="plane">The channel's first value, then one every <paramref name="step"/> bytes, rows without padding.</param>
    /// <param name="step">Bytes from one pixel to the next.</param>
    /// <param name="size">Size of the plane.</param>
    /// <param name="target">Receives <paramref name="targetSize"/> values of 0 to 255.</param>
    /// <param name="targetSize">Size of the target.</param>
    /// <param name="resize">How.</param>
    public static void Resize(
        ReadOnlySpan<byte> plane, int step, (int Width, int Height) size, Span<float> target, (int Width, int Height) targetSize, ClassifierResize resize)
    {
        // A mean over less than a pixel is that pixel: larger pictures are interpolated.
        if (resize == ClassifierResize.Area && size.Width >= targetSize.Width && size.Height >= targetSize.Height)
            Average(plane, step, size, target, targetSize);
        else
            Interpolate(plane, step, size, target, targetSize);
    }

    private static void Average(ReadOnlySpan<byte> plane, int step, (int Width, int Height) size, Span<float> target, (int Width, int Height) targetSize)
    {
        for (var y = 0; y < targetSize.Height; y++)
        {
            var (top, bottom) = Range(y, size.Height, targetSize.Height);
            for (var x = 0; x < targetSize.Width; x++)
            {
                var (left, right) = Range(x, size.Width, targetSize.Width);
                long sum = 0;
                for (var row = top; row < bottom; row++)
                {
                    var at = ((row * size.Width) + left) * step;
                    for (var column = left; column < right; column++, at += step)
                        sum += plane[at];
                }

                target[(y * targetSize.Width) + x] = (float)sum / ((bottom - top) * (right - left));
            }
        }

        static (int Start, int End) Range(int index, int length, int targetLength) =>
            ((int)((long)index * length / targetLength), (int)((((long)index + 1) * length) / targetLength));
    }

    /// <remarks>tfjs-core, ResizeBilinear with alignCorners: the source position is <c>index · (length - 1) / (targetLength - 1)</c>.</remarks>
    private static void Interpolate(ReadOnlySpan<byte> plane, int step, (int Width, int Height) size, Span<float> target, (int Width, int Height) targetSize)
    {
        for (var y = 0; y < targetSize.Height; y++)
        {
            var (top, bottom, down) = Between(y, size.Height, targetSize.Height);
            for (var x = 0; x < targetSize.Width; x++)
            {
                var (left, right, across) = Between(x, size.Width, targetSize.Width);
                var upper = Mix(plane[((top * size.Width) + left) * step], plane[((top * size.Width) + right) * step], across);
                var lower = Mix(plane[((bottom * size.Width) + left) * step], plane[((bottom * size.Width) + right) * step], across);
                target[(y * targetSize.Width) + x] = Mix(upper, lower, down);
            }
        }

        static (int First, int Second, float Share) Between(int index, int length, int targetLength)
        {
            var position = (double)index * (length - 1) / (targetLength - 1);
            var first = (int)position;
            return (first, Math.Min((int)Math.Ceiling(position), length - 1), (float)(position - first));
        }

        static float Mix(float first, float second, float share) => first + ((second - first) * share);
    }
}
