namespace Kinema.Wan;

/// <summary>An image of RGB bytes: rows from top to bottom, pixels from left to right, three bytes a pixel.</summary>
public sealed class RgbImage
{
    /// <summary>Initializes a new instance that wraps the bytes without a copy.</summary>
    /// <exception cref="ArgumentException">The length is not three bytes a pixel.</exception>
    public RgbImage(int width, int height, ReadOnlyMemory<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (pixels.Length != 3L * width * height)
            throw new ArgumentException($"An image of {width} x {height} needs {3L * width * height} bytes; got {pixels.Length}.", nameof(pixels));

        Width = width;
        Height = height;
        Pixels = pixels;
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>The pixels, three bytes each, without padding.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }
}
