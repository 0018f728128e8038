namespace Kinema.Engines;

/// <summary>Format of the frames that an engine yields: planar YUV 4:2:0, 8 bit, BT.709, limited range, left-sited chroma.</summary>
/// <param name="Width">Width, pixels; even.</param>
/// <param name="Height">Height, pixels; even.</param>
/// <param name="FramesPerSecond">Constant frame rate.</param>
/// <param name="FrameCount">Number of frames.</param>
public sealed record VideoFormat(int Width, int Height, int FramesPerSecond, int FrameCount)
{
    /// <summary>Size of one frame, bytes: luma plane, then two quarter-size chroma planes, no padding.</summary>
    public int FrameBytes => Width * Height * 3 / 2;

    /// <summary>
    /// Returns the output size for an image: the area of the resolution, the image's aspect ratio, both sides even.
    /// At 1080p a 16:9 image gives 1920×1080, a square image 1440×1440.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public static (int Width, int Height) FitArea(int pictureWidth, int pictureHeight, VideoResolution resolution)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureHeight);
        var area = resolution switch
        {
            VideoResolution.Hd1080 => 1920.0 * 1080,
            VideoResolution.Sd480 => 832.0 * 480,
            _ => 1280.0 * 720,
        };
        var shape = (double)pictureWidth / pictureHeight;
        return (Even(Math.Sqrt(area * shape)), Even(Math.Sqrt(area / shape)));

        static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
    }
}
