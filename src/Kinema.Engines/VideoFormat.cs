namespace Kinema.Engines;

/// <summary>Shape of the frames an engine yields: planar YUV 4:2:0, 8 bit, BT.709, limited range, chroma sited left.</summary>
/// <param name="Width">Pixels, even.</param>
/// <param name="Height">Pixels, even.</param>
/// <param name="FramesPerSecond">Constant rate.</param>
/// <param name="FrameCount">Frames that will follow.</param>
public sealed record VideoFormat(int Width, int Height, int FramesPerSecond, int FrameCount)
{
    /// <summary>Bytes of one frame: luma, then the two quarter-size chroma planes, no padding.</summary>
    public int FrameBytes => Width * Height * 3 / 2;

    /// <summary>
    /// Size of the output for a picture: the tier's area, the picture's shape, both sides even.
    /// 1080p of a 16:9 picture is 1920×1080; of a square one 1440×1440.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is not positive.</exception>
    public static (int Width, int Height) FitArea(int pictureWidth, int pictureHeight, VideoResolution resolution)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pictureHeight);
        var area = resolution == VideoResolution.Hd1080 ? 1920.0 * 1080 : 1280.0 * 720;
        var shape = (double)pictureWidth / pictureHeight;
        return (Even(Math.Sqrt(area * shape)), Even(Math.Sqrt(area / shape)));

        static int Even(double side) => Math.Max(2, (int)Math.Round(side / 2) * 2);
    }
}
