using Kinema.Engines;
using OpenCvSharp;

namespace Kinema.Motion.Sheets;

/// <summary>A downscaled frame, converted to BGR.</summary>
internal static class Thumbnail
{
    /// <summary>BT.709 limited range to blue, green, red; the last column is the offset. ITU-R BT.709-6, 3.2 to 3.5.</summary>
    private static readonly float[,] _toBgr =
    {
        { 1.164384f, 2.112402f, 0f, -289.0176f },
        { 1.164384f, -0.213249f, -0.532909f, 76.8779f },
        { 1.164384f, 0f, 1.792741f, -248.1010f },
    };

    public static Mat Of(ReadOnlySpan<byte> frame, VideoFormat format, int width) =>
        Of(frame, format, width, Math.Max(1, (int)Math.Round((double)width * format.Height / format.Width)));

    public static Mat Of(ReadOnlySpan<byte> frame, VideoFormat format, int width, int height)
    {
        var (w, h) = (format.Width, format.Height);
        var size = new Size(width, height);
        using var luma = Plane(frame[..(w * h)], w, h, size);
        using var cb = Plane(frame.Slice(w * h, w * h / 4), w / 2, h / 2, size);
        using var cr = Plane(frame[(w * h * 5 / 4)..], w / 2, h / 2, size);
        using var codes = new Mat();
        using var toBgr = Mat.FromArray(_toBgr);
        Cv2.Merge([luma, cb, cr], codes);
        var picture = new Mat();
        Cv2.Transform(codes, picture, toBgr);
        return picture;
    }

    private static unsafe Mat Plane(ReadOnlySpan<byte> samples, int width, int height, Size size)
    {
        fixed (byte* first = samples)
        {
            using var plane = Mat.FromPixelData(height, width, MatType.CV_8UC1, (nint)first);
            return plane.Resize(size, interpolation: InterpolationFlags.Area);
        }
    }
}
