using OpenCvSharp;

namespace Kinema.Motion.LastFrames;

/// <summary>A picture with the part of it that fills the frame.</summary>
/// <param name="Pixels">Blue, green, red.</param>
internal sealed record FramedPicture(Mat Pixels, CoverCrop Crop) : IDisposable
{
    /// <summary>The part, at a size to be looked at.</summary>
    public Mat Small(Size size)
    {
        var (width, height) = (Pixels.Width, Pixels.Height);
        var ((left, wide), (top, high)) = (Crop.Across, Crop.Down);
        var part = new Rect((int)Math.Round(left * width), (int)Math.Round(top * height), (int)Math.Round(wide * width), (int)Math.Round(high * height));
        using var visible = new Mat(Pixels, part & new Rect(0, 0, width, height));
        var small = new Mat();
        Cv2.Resize(visible, small, size, 0, 0, visible.Width > size.Width ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        return small;
    }

    public void Dispose() => Pixels.Dispose();
}
