using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Brings a picture to working size and to OpenCV's order of channels, reading the caller's memory in place.</summary>
internal static class WorkingPicture
{
    public static unsafe Mat Of(RgbImage image, int width, int height)
    {
        using var pin = image.Pixels.Pin();
        using var original = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, (nint)pin.Pointer);
        var result = new Mat();
        var shrinks = width < image.Width || height < image.Height;
        Cv2.Resize(original, result, new Size(width, height), interpolation: shrinks ? InterpolationFlags.Area : InterpolationFlags.Lanczos4);
        Cv2.CvtColor(result, result, ColorConversionCodes.RGB2BGR);
        return result;
    }
}
