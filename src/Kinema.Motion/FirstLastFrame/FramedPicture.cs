using Kinema.Engines;
using Kinema.Motion.Rendering;
using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>A picture with its crop to the frame.</summary>
/// <param name="Pixels">Pixels, blue, green, red.</param>
internal sealed record FramedPicture(Mat Pixels, CenterCrop Crop) : IDisposable
{
    /// <summary>Maps heights of the central part, from its middle, to pixels.</summary>
    public Homography ToPixels
    {
        get
        {
            var (width, height) = (Pixels.Width, Pixels.Height);
            var ((left, cropWidth), (top, cropHeight)) = (Crop.Horizontal, Crop.Vertical);
            return new(
                width * cropWidth / Crop.AspectRatio, 0, (width * (left + (cropWidth / 2))) - 0.5,
                0, height * cropHeight, (height * (top + (cropHeight / 2))) - 0.5,
                0, 0, 1);
        }
    }

    /// <summary>Resizes the central part for analysis.</summary>
    public Mat Downscaled(Size size)
    {
        var (width, height) = (Pixels.Width, Pixels.Height);
        var ((left, cropWidth), (top, cropHeight)) = (Crop.Horizontal, Crop.Vertical);
        var part = new Rect((int)Math.Round(left * width), (int)Math.Round(top * height), (int)Math.Round(cropWidth * width), (int)Math.Round(cropHeight * height));
        using var visible = new Mat(Pixels, part & new Rect(0, 0, width, height));
        var small = new Mat();
        Cv2.Resize(visible, small, size, 0, 0, visible.Width > size.Width ? InterpolationFlags.Area : InterpolationFlags.Cubic);
        return small;
    }

    /// <summary>Adds extrapolated padding around all pixels.</summary>
    /// <param name="margin">Padding in heights of the central part.</param>
    public FramedPicture Padded(double margin, CancellationToken ct)
    {
        if (margin <= 0)
            return new(new Mat(Pixels, new Rect(0, 0, Pixels.Width, Pixels.Height)), Crop);

        var pixels = (int)Math.Ceiling(margin * Pixels.Height * Crop.Vertical.Scale) + 1;
        return new(BorderExtrapolation.Extend(Pixels, pixels, ct), Crop.Padded(Pixels.Size(), pixels));
    }

    /// <summary>Converts the picture to a source for rendering.</summary>
    public LayerSource ToLayerSource(Mat? matte, VideoFormat format, CancellationToken ct) =>
        LayerSource.Prepare(Pixels, matte, (format.Width / Crop.Horizontal.Scale, format.Height / Crop.Vertical.Scale), ct);

    public void Dispose() => Pixels.Dispose();
}
