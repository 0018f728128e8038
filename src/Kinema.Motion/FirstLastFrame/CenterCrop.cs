using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Trajectories;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Largest central part of a picture with the frame's aspect ratio, plus context around it that a moving camera may show.</summary>
/// <param name="Visible">The central part, in fractions of the picture's sides.</param>
/// <param name="AspectRatio">Width over height of the central part.</param>
/// <param name="KeptRegion">Pixel region that is kept: the central part and its context.</param>
/// <param name="Horizontal">Map from fractions of the central part to fractions of the kept region: offset and scale.</param>
/// <param name="Vertical">The same, vertically.</param>
internal sealed record CenterCrop(
    CropWindow Visible, double AspectRatio, Rect KeptRegion, (double Offset, double Scale) Horizontal, (double Offset, double Scale) Vertical)
{
    /// <summary>Context kept on each side, where available, in fractions of the part's sides.</summary>
    private const double ContextShare = 0.25;

    /// <summary>Extent of the kept region, in heights of the central part.</summary>
    public PictureExtent Extent
    {
        get
        {
            var ((left, width), (top, height)) = (Horizontal, Vertical);
            return new(AspectRatio * (0.5 + (left / width)), AspectRatio * (((1 - left) / width) - 0.5), 0.5 + (top / height), ((1 - top) / height) - 0.5);
        }
    }

    public static CenterCrop Of(int width, int height, double aspectRatio)
    {
        var (across, down) = (Math.Min(1, aspectRatio * height / width), Math.Min(1, width / aspectRatio / height));
        // A difference of less than a pixel comes from rounding the frame to even sides.
        across = (1 - across) * width < Slight(width) ? 1 : across;
        down = (1 - down) * height < Slight(height) ? 1 : down;
        var visible = new CropWindow((1 - across) / 2, (1 - down) / 2, across, down);
        var (left, keptWidth) = Kept(visible.X, across, width);
        var (top, keptHeight) = Kept(visible.Y, down, height);
        return new(
            visible, aspectRatio, new Rect(left, top, keptWidth, keptHeight),
            (((visible.X * width) - left) / keptWidth, visible.Width * width / keptWidth),
            (((visible.Y * height) - top) / keptHeight, visible.Height * height / keptHeight));

        static double Slight(int side) => Math.Max(1, side / 500.0);

        static (int Start, int Length) Kept(double start, double share, int side)
        {
            var from = (int)Math.Floor(Math.Max(0, start - (ContextShare * share)) * side);
            return (from, Math.Min(side, (int)Math.Ceiling((start + share + (ContextShare * share)) * side)) - from);
        }
    }

    /// <summary>Crops the kept region and resizes it to the resolution that a format can use. Returns blue, green, red.</summary>
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

    /// <summary>The same crop after padding was added.</summary>
    /// <param name="pixels">Size before padding.</param>
    /// <param name="margin">Padding on each side.</param>
    public CenterCrop Padded(Size pixels, int margin)
    {
        var (width, height) = (pixels.Width + (2.0 * margin), pixels.Height + (2.0 * margin));
        return this with
        {
            Horizontal = (((Horizontal.Offset * pixels.Width) + margin) / width, Horizontal.Scale * pixels.Width / width),
            Vertical = (((Vertical.Offset * pixels.Height) + margin) / height, Vertical.Scale * pixels.Height / height),
        };
    }

    /// <summary>Converts mesh coordinates from fractions of the central part to fractions of the kept region.</summary>
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
