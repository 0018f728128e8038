using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>The largest part in the middle of a picture that has the frame's shape, and what a camera on its way may see around it.</summary>
/// <param name="Visible">That part, in fractions of the picture's sides.</param>
/// <param name="AspectRatio">Its width over its height.</param>
/// <param name="KeptRegion">The whole pixels that are kept: that part's and some around it.</param>
/// <param name="Horizontal">From fractions of the part to fractions of these pixels: offset and scale.</param>
/// <param name="Vertical">The same, downwards.</param>
internal sealed record CenterCrop(CropWindow Visible, double AspectRatio, Rect KeptRegion, (double Offset, double Scale) Horizontal, (double Offset, double Scale) Vertical)
{
    /// <summary>How much of the picture is kept on each side of the part, where there is more: of the part's sides.</summary>
    private const double ContextShare = 0.25;

    /// <summary>How far the kept pixels reach, in heights of the part.</summary>
    public PictureExtent Extent
    {
        get
        {
            var ((left, wide), (top, high)) = (Horizontal, Vertical);
            return new(AspectRatio * (0.5 + (left / wide)), AspectRatio * (((1 - left) / wide) - 0.5), 0.5 + (top / high), ((1 - top) / high) - 0.5);
        }
    }

    public static CenterCrop Of(int width, int height, double aspectRatio)
    {
        var (across, down) = (Math.Min(1, aspectRatio * height / width), Math.Min(1, width / aspectRatio / height));
        // Less than a pixel is what the frame's own rounding to even sides makes.
        across = (1 - across) * width < Slight(width) ? 1 : across;
        down = (1 - down) * height < Slight(height) ? 1 : down;
        var visible = new CropWindow((1 - across) / 2, (1 - down) / 2, across, down);
        var (left, wide) = Kept(visible.X, across, width);
        var (top, high) = Kept(visible.Y, down, height);
        return new(
            visible, aspectRatio, new Rect(left, top, wide, high),
            (((visible.X * width) - left) / wide, visible.Width * width / wide),
            (((visible.Y * height) - top) / high, visible.Height * height / high));

        static double Slight(int side) => Math.Max(1, side / 500.0);

        static (int Start, int Length) Kept(double start, double share, int side)
        {
            var from = (int)Math.Floor(Math.Max(0, start - (ContextShare * share)) * side);
            return (from, Math.Min(side, (int)Math.Ceiling((start + share + (ContextShare * share)) * side)) - from);
        }
    }

    /// <summary>The pixels, shrunk to what frames of a format can use; blue, green, red.</summary>
    public unsafe Mat CropAndResize(RgbImage image, VideoFormat format)
    {
        using var pin = image.Pixels.Pin();
        using var whole = Mat.FromPixelData(image.Height, image.Width, MatType.CV_8UC3, (nint)pin.Pointer);
        using var part = new Mat(whole, KeptRegion);
        var (width, height) = ((int)Math.Round(KeptRegion.Width * Horizontal.Scale), (int)Math.Round(KeptRegion.Height * Vertical.Scale));
        var (fewer, less) = WorkingSize.For(width, height, format);
        var size = new Size(Math.Round((double)KeptRegion.Width * fewer / width), Math.Round((double)KeptRegion.Height * less / height));
        var working = new Mat();
        Cv2.Resize(part, working, size, 0, 0, InterpolationFlags.Area);
        Cv2.CvtColor(working, working, ColorConversionCodes.RGB2BGR);
        return working;
    }

    /// <summary>The same part once its pixels have become more.</summary>
    /// <param name="pixels">Their size before.</param>
    /// <param name="margin">How many came to each side.</param>
    public CenterCrop Padded(Size pixels, int margin)
    {
        var (width, height) = (pixels.Width + (2.0 * margin), pixels.Height + (2.0 * margin));
        return this with
        {
            Horizontal = (((Horizontal.Offset * pixels.Width) + margin) / width, Horizontal.Scale * pixels.Width / width),
            Vertical = (((Vertical.Offset * pixels.Height) + margin) / height, Vertical.Scale * pixels.Height / height),
        };
    }

    /// <summary>Turns fractions of the visible part into fractions of the whole pixels.</summary>
    public void ToPixelFractions(CoordinateMesh mesh)
    {
        if (Horizontal == (0, 1) && Vertical == (0, 1))
            return;

        for (var i = 0; i < mesh.X.Length; i++)
        {
            mesh.X[i] = (float)(Horizontal.Offset + (mesh.X[i] * Horizontal.Scale));
            mesh.Y[i] = (float)(Vertical.Offset + (mesh.Y[i] * Vertical.Scale));
        }
    }
}
