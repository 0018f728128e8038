using Kinema.Engines;
using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Continuation;

/// <summary>A frame with padding extrapolated from its edges, for moments in which an edge becomes visible.</summary>
internal sealed class PaddedFrame
{
    /// <summary>Width of the padding, frame heights.</summary>
    private const double MarginHeights = 0.025;

    private PaddedFrame(byte[] pixels, int width, int height, int margin) => (Pixels, PixelWidth, PixelHeight, Margin) = (pixels, width, height, margin);

    /// <summary>Pixels, planar 4:2:0.</summary>
    public byte[] Pixels { get; }

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    /// <summary>Padding on each side, pixels.</summary>
    public int Margin { get; }

    /// <summary>Padding in pixels for a frame height; a multiple of four, which keeps chroma aligned.</summary>
    public static int MarginFor(int height) => Math.Max(4, (int)(height * MarginHeights) / 4 * 4);

    /// <param name="margin">Padding on each side, pixels; a multiple of four.</param>
    public static PaddedFrame Of(byte[] frame, VideoFormat format, int margin, CancellationToken ct)
    {
        using var picture = ToImage(frame, format);
        using var filled = BorderExtrapolation.Extend(picture, margin, ct);
        var (width, height) = (filled.Width, filled.Height);
        var pixels = new byte[width * height * 3 / 2];
        var around = new Rect(margin, margin, format.Width, format.Height);
        for (var channel = 0; channel < 3; channel++)
        {
            using var plane = filled.ExtractChannel(channel);
            WritePlane(
                plane, pixels, PlaneOffset(channel, width, height), frame, PlaneOffset(channel, format.Width, format.Height), around, channel == 0 ? 1 : 2);
        }

        return new(pixels, width, height, margin);
    }

    /// <summary>Converts luma and both chroma planes to the channels of one image.</summary>
    private static unsafe Mat ToImage(byte[] frame, VideoFormat format)
    {
        fixed (byte* first = frame)
        {
            var (width, height) = (format.Width, format.Height);
            using var luma = Mat.FromPixelData(height, width, MatType.CV_8UC1, (nint)first);
            using var smallCb = Mat.FromPixelData(height / 2, width / 2, MatType.CV_8UC1, (nint)(first + PlaneOffset(1, width, height)));
            using var smallCr = Mat.FromPixelData(height / 2, width / 2, MatType.CV_8UC1, (nint)(first + PlaneOffset(2, width, height)));
            using Mat cb = smallCb.Resize(luma.Size()), cr = smallCr.Resize(luma.Size());
            var image = new Mat();
            Cv2.Merge([luma, cb, cr], image);
            return image;
        }
    }

    private static int PlaneOffset(int channel, int width, int height) => channel == 0 ? 0 : (width * height) + ((channel - 1) * (width * height / 4));

    /// <summary>Writes the padded plane and restores the frame's own samples in its middle.</summary>
    private static unsafe void WritePlane(Mat filled, byte[] to, int targetOffset, byte[] frame, int sourceOffset, Rect around, int subsampling)
    {
        fixed (byte* target = to)
        fixed (byte* source = frame)
        {
            using var whole = Mat.FromPixelData(filled.Height / subsampling, filled.Width / subsampling, MatType.CV_8UC1, (nint)(target + targetOffset));
            using var small = filled.Resize(whole.Size(), interpolation: InterpolationFlags.Area);
            small.CopyTo(whole);
            var inner = new Rect(around.X / subsampling, around.Y / subsampling, around.Width / subsampling, around.Height / subsampling);
            using var samples = Mat.FromPixelData(inner.Height, inner.Width, MatType.CV_8UC1, (nint)(source + sourceOffset));
            using var middle = new Mat(whole, inner);
            samples.CopyTo(middle);
        }
    }
}
