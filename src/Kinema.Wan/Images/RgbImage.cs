namespace Kinema.Wan.Images;

/// <summary>A picture as bytes: rows from top to bottom, pixels from left to right, red, green and blue of each.</summary>
public sealed class RgbImage
{
    /// <summary>Takes the bytes as they are, without a copy.</summary>
    /// <exception cref="ArgumentException">There are not exactly three bytes a pixel.</exception>
    public RgbImage(int width, int height, ReadOnlyMemory<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != 3L * width * height)
            throw new ArgumentException($"A picture of {width} x {height} needs {3L * width * height} bytes; got {pixels.Length}.", nameof(pixels));

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Three bytes a pixel, without padding.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }
}
