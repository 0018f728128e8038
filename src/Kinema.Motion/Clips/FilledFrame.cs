using OpenCvSharp;

namespace Kinema.Motion.Clips;

/// <summary>A frame with a little more around it, mirrored, for the moment in which its edge comes into sight.</summary>
internal sealed class FilledFrame
{
    /// <summary>Heights of the frame.</summary>
    private const double Width = 0.025;

    private FilledFrame(byte[] pixels, int width, int height, int margin) => (Pixels, PixelWidth, PixelHeight, Margin) = (pixels, width, height, margin);

    /// <summary>Planar 4:2:0.</summary>
    public byte[] Pixels { get; }

    public int PixelWidth { get; }

    public int PixelHeight { get; }

    /// <summary>Pixels on each side.</summary>
    public int Margin { get; }

    /// <summary>For a frame of that height, pixels; a multiple of four, so that chroma keeps its places.</summary>
    public static int MarginOf(int height) => Math.Max(4, (int)(height * Width) / 4 * 4);

    public static FilledFrame Of(byte[] frame, int width, int height)
    {
        var margin = MarginOf(height);
        var (wide, high) = (width + (2 * margin), height + (2 * margin));
        var pixels = new byte[wide * high * 3 / 2];
        Fill(frame, 0, width, height, pixels, 0, margin);
        Fill(frame, width * height, width / 2, height / 2, pixels, wide * high, margin / 2);
        Fill(frame, width * height * 5 / 4, width / 2, height / 2, pixels, wide * high * 5 / 4, margin / 2);
        return new(pixels, wide, high, margin);
    }

    private static unsafe void Fill(byte[] from, int at, int width, int height, byte[] to, int place, int margin)
    {
        fixed (byte* source = from)
        fixed (byte* target = to)
        {
            using var plane = Mat.FromPixelData(height, width, MatType.CV_8UC1, (nint)(source + at));
            using var wide = Mat.FromPixelData(height + (2 * margin), width + (2 * margin), MatType.CV_8UC1, (nint)(target + place));
            using var filled = plane.CopyMakeBorder(margin, margin, margin, margin, BorderTypes.Reflect101);
            filled.CopyTo(wide);
        }
    }
}
