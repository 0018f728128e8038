using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The picture as it would be without what stands before it.</summary>
internal static class BackgroundFill
{
    private const int LongSide = 512;

    public static Mat Behind(Mat picture, Mat matte, CancellationToken ct)
    {
        using var hole = Hole(matte);
        ct.ThrowIfCancellationRequested();
        using var smooth = Smooth(picture, hole);
        var behind = picture.Clone();
        smooth.CopyTo(behind, hole);
        return behind;
    }

    /// <summary>All that has a trace of the figure in it, and a little more: nothing of its colour may be taken for background.</summary>
    private static Mat Hole(Mat matte)
    {
        var reach = Math.Max(2, Math.Max(matte.Width, matte.Height) / 400);
        var hole = new Mat();
        Cv2.Threshold(matte, hole, 3, 255, ThresholdTypes.Binary);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * reach) + 1, (2 * reach) + 1));
        Cv2.Dilate(hole, hole, disc);
        return hole;
    }

    private static Mat Smooth(Mat picture, Mat hole)
    {
        var scale = Math.Min(1.0, LongSide / (double)Math.Max(picture.Width, picture.Height));
        var size = new Size(Math.Max(4, Math.Round(picture.Width * scale)), Math.Max(4, Math.Round(picture.Height * scale)));
        using var small = new Mat();
        using var known = new Mat();
        Cv2.Resize(picture, small, size, interpolation: InterpolationFlags.Area);
        Cv2.Resize(hole, known, size, interpolation: InterpolationFlags.Area);
        Cv2.Threshold(known, known, 0, 1, ThresholdTypes.BinaryInv);
        using var weight = new Mat();
        using var weighted = new Mat();
        known.ConvertTo(weight, MatType.CV_32FC1);
        small.ConvertTo(weighted, MatType.CV_32FC3);
        using var wide = PushPull.Widen(weight, 3);
        Cv2.Multiply(weighted, wide, weighted);
        using var filled = PushPull.Fill(weighted, weight);
        var full = new Mat();
        Cv2.Resize(filled, full, picture.Size(), interpolation: InterpolationFlags.Cubic);
        full.ConvertTo(full, MatType.CV_8UC3);
        return full;
    }
}
