using SkiaSharp;

namespace Kinema.Media.Images;

/// <summary>Maps stored pixels to displayed pixels by EXIF orientation.</summary>
internal static class Orientation
{
    public static SKSizeI Turn(SKSizeI stored, SKEncodedOrigin origin) => IsTurned(origin) ? new(stored.Height, stored.Width) : stored;

    /// <summary>Returns the displayed index of a stored row's first pixel, and the step between stored pixels, in displayed pixels.</summary>
    /// <remarks>EXIF 2.32, tag 0x0112: the name gives the displayed position of stored row 0 and column 0.</remarks>
    public static (long Start, long Step) Row(int row, SKSizeI stored, SKEncodedOrigin origin)
    {
        long width = stored.Width;
        long height = stored.Height;
        return origin switch
        {
            SKEncodedOrigin.TopRight => ((row * width) + width - 1, -1),
            SKEncodedOrigin.BottomRight => (((height - row) * width) - 1, -1),
            SKEncodedOrigin.BottomLeft => ((height - 1 - row) * width, 1),
            SKEncodedOrigin.LeftTop => (row, height),
            SKEncodedOrigin.RightTop => (height - 1 - row, height),
            SKEncodedOrigin.RightBottom => (((width - 1) * height) + height - 1 - row, -height),
            SKEncodedOrigin.LeftBottom => (((width - 1) * height) + row, -height),
            _ => (row * width, 1),
        };
    }

    private static bool IsTurned(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;
}
