using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>The largest part in the middle of a picture that has the frame's shape, and what a camera on its way may see around it.</summary>
/// <param name="Visible">That part, in fractions of the picture's sides.</param>
/// <param name="Shape">Its width over its height.</param>
/// <param name="Pixels">The whole pixels that are kept: that part's and some around it.</param>
/// <param name="Across">From fractions of the part to fractions of these pixels: offset and scale.</param>
/// <param name="Down">The same, downwards.</param>
internal sealed record CenterCrop(CropWindow Visible, double Shape, Rect Pixels, (double Offset, double Scale) Across, (double Offset, double Scale) Down)
{
    /// <summary>How much of the picture is kept on each side of the part, where there is more: of the part's sides.</summary>
    private const double Around = 0.25;

    /// <summary>How far the kept pixels reach, in heights of the part.</summary>
    public PictureExtent Extent
    {
        get
        {
            var ((left, wide), (top, high)) = (Across, Down);
            return new(Shape * (0.5 + (left / wide)), Shape * (((1 - left) / wide) - 0.5), 0.5 + (top / high), ((1 - top) / high) - 0.5);
        }
    }

    public static CenterCrop Of(int width, int height, double shape)
    {
        var (across, down) = (Math.Min(1, shape * height / width), Math.Min(1, width / shape / height));
        // Less than a pixel is what the frame's own rounding to even sides makes.
        across = (1 - across) * width < Slight(width) ? 1 : across;
        down = (1 - down) * height < Slight(height) ? 1 : down;
        var visible = new CropWindow((1 - across) / 2, (1 - down) / 2, across, down);
        var (left, wide) = Kept(visible.X, across, width);
        var (top, high) = Kept(visible.Y, down, height);
        return new(
            visible, shape, new Rect(left, top, wide, high),
            (((visible.X * width) - left) / wide, visible.Width * width / wide),
            (((visible.Y * height) - top) / high, visible.Height * height / high));

        static double Slight(int side) => Math.Max(1, side / 500.0);

        static (int Start, int Length) Kept(double start, double share, int side)
        {
            var from = (int)Math.Floor(Math.Max(0, start - (Around * share)) * side);
            return (from, Math.Min(side, (int)Math.Ceiling((start + share + (Around * share)) * side)) - from);
        }
    }

    /// <summary>The pixels, shrunk to what frames of a format can use; blue, green, red.</summary>
    public unsafe Mat Working(RgbImage image, VideoFormat format)
    {
        using var pin = image.Pixels.Pin();
        using var whole = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, (nint)pin.Pointer);
        using var part = new Mat(whole, Pixels);
        var (width, height) = ((int)Math.Round(Pixels.Width * Across.Scale), (int)Math.Round(Pixels.Height * Down.Scale));
        var (fewer, less) = WorkingSize.For(width, height, format);
        var size = new Size(Math.Round((double)Pixels.Width * fewer / width), Math.Round((double)Pixels.Height * less / height));
        var working = new Mat();
        Cv2.Resize(part, working, size, 0, 0, InterpolationFlags.Area);
        Cv2.CvtColor(working, working, ColorConversionCodes.RGB2BGR);
        return working;
    }

    /// <summary>The same part once its pixels have become more.</summary>
    /// <param name="pixels">Their size before.</param>
    /// <param name="margin">How many came to each side.</param>
    public CenterCrop Within(Size pixels, int margin)
    {
        var (width, height) = (pixels.Width + (2.0 * margin), pixels.Height + (2.0 * margin));
        return this with
        {
            Across = (((Across.Offset * pixels.Width) + margin) / width, Across.Scale * pixels.Width / width),
            Down = (((Down.Offset * pixels.Height) + margin) / height, Down.Scale * pixels.Height / height),
        };
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
