using Kinema.Engines;
using Kinema.Motion.Paths;
using Kinema.Motion.Rendering;
using OpenCvSharp;

namespace Kinema.Motion.LastFrames;

/// <summary>The largest part in the middle of a picture that has the frame's shape.</summary>
/// <param name="Visible">That part, in fractions of the picture's sides.</param>
/// <param name="Pixels">The whole pixels that it touches.</param>
/// <param name="Across">From fractions of the part to fractions of these pixels: offset and scale.</param>
/// <param name="Down">The same, downwards.</param>
internal sealed record CoverCrop(Crop Visible, Rect Pixels, (double Offset, double Scale) Across, (double Offset, double Scale) Down)
{
    public static CoverCrop Of(int width, int height, double shape)
    {
        var (across, down) = (Math.Min(1, shape * height / width), Math.Min(1, width / shape / height));
        // Less than a pixel is what the frame's own rounding to even sides makes.
        across = (1 - across) * width < Slight(width) ? 1 : across;
        down = (1 - down) * height < Slight(height) ? 1 : down;
        var visible = new Crop((1 - across) / 2, (1 - down) / 2, across, down);
        var (left, top) = ((int)Math.Floor(visible.X * width), (int)Math.Floor(visible.Y * height));
        var (right, bottom) = ((int)Math.Ceiling((visible.X + visible.Width) * width), (int)Math.Ceiling((visible.Y + visible.Height) * height));
        var pixels = new Rect(left, top, Math.Min(width, right) - left, Math.Min(height, bottom) - top);
        return new(
            visible, pixels,
            (((visible.X * width) - left) / pixels.Width, visible.Width * width / pixels.Width),
            (((visible.Y * height) - top) / pixels.Height, visible.Height * height / pixels.Height));

        static double Slight(int side) => Math.Max(1, side / 500.0);
    }

    /// <summary>The pixels, shrunk to what frames of a format can use; blue, green, red.</summary>
    public unsafe Mat Working(RgbImage image, VideoFormat format)
    {
        using var pin = image.Pixels.Pin();
        using var whole = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, (nint)pin.Pointer);
        using var part = new Mat(whole, Pixels);
        var (width, height) = WorkingSize.For(Pixels.Width, Pixels.Height, format);
        var working = new Mat();
        Cv2.Resize(part, working, new Size(width, height), 0, 0, InterpolationFlags.Area);
        Cv2.CvtColor(working, working, ColorConversionCodes.RGB2BGR);
        return working;
    }

    /// <summary>Turns fractions of the visible part into fractions of the whole pixels.</summary>
    public void Place(CoordinateMesh mesh)
    {
        if (Across == (0, 1) && Down == (0, 1))
            return;

        for (var i = 0; i < mesh.X.Length; i++)
        {
            mesh.X[i] = (float)(Across.Offset + (mesh.X[i] * Across.Scale));
            mesh.Y[i] = (float)(Down.Offset + (mesh.Y[i] * Down.Scale));
        }
    }
}
