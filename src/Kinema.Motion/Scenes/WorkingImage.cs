using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Scales a picture to working size and converts it to OpenCV's channel order. Reads the caller's memory in place.</summary>
internal static class WorkingImage
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
