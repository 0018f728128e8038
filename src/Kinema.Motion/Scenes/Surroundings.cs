using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>A picture with a little more around it, continued from what is at its edges: its tones run out softly, with the grain of what is beside them.</summary>
/// <remarks>Soft on purpose: it is seen at a corner for a moment, where a wrong detail or a seam would catch the eye and a mirror image would be one.</remarks>
internal static class Surroundings
{
    /// <summary>Codes: more than grain is an edge, and an edge would be seen twice.</summary>
    private const double MostGrain = 10;

    /// <param name="picture">Three channels, 8 bit.</param>
    /// <param name="margin">Pixels to each side.</param>
    public static Mat Of(Mat picture, int margin, CancellationToken ct)
    {
        var (width, height) = (picture.Width, picture.Height);
        var wide = new Mat();
        Cv2.CopyMakeBorder(picture, wide, margin, margin, margin, margin, BorderTypes.Replicate);
        var (deep, high) = (Math.Min(width, 2 * margin), Math.Min(height, 2 * margin));
        // The sides first; what is above and below them then starts from both.
        Continue(wide, new Rect(0, margin, margin, height), new Rect(0, margin, margin + deep, height), new Point(Math.Min(margin, width), 0));
        Continue(wide, new Rect(margin + width, margin, margin, height), new Rect(margin + width - deep, margin, margin + deep, height), new Point(-Math.Min(margin, width), 0));
        ct.ThrowIfCancellationRequested();
        var all = width + (2 * margin);
        Continue(wide, new Rect(0, 0, all, margin), new Rect(0, 0, all, margin + high), new Point(0, Math.Min(margin, height)));
        Continue(wide, new Rect(0, margin + height, all, margin), new Rect(0, margin + height - high, all, margin + high), new Point(0, -Math.Min(margin, height)));
        return wide;
    }

    /// <param name="empty">What is to be filled.</param>
    /// <param name="around">The same with what it starts from.</param>
    /// <param name="beside">The way to where grain is taken from.</param>
    private static void Continue(Mat wide, Rect empty, Rect around, Point beside)
    {
        using Mat part = new(wide, around), to = new(wide, empty), hole = new(part.Size(), MatType.CV_8UC1, Scalar.Black);
        var within = new Rect(empty.X - around.X, empty.Y - around.Y, empty.Width, empty.Height);
        hole.Rectangle(within, Scalar.White, -1);
        using var smooth = PushPull.Over(part, hole);
        using Mat tones = new(smooth, within), from = new(wide, empty + beside);
        using var grain = Grain(from, beside);
        Cv2.Add(tones, grain, to, null, (int)MatType.CV_8UC3);
    }

    /// <summary>The finest differences of a strip, from nothing at the picture's edge to all of them a little farther out.</summary>
    private static Mat Grain(Mat strip, Point beside)
    {
        var depth = Math.Max(Math.Abs(beside.X), Math.Abs(beside.Y));
        using Mat soft = new(), fine = new(), ramps = new();
        Cv2.GaussianBlur(strip, soft, default, Math.Max(1, depth / 12.0));
        Cv2.Subtract(strip, soft, fine, null, (int)MatType.CV_32FC3);
        Cv2.Min(fine, Scalar.All(MostGrain), fine);
        Cv2.Max(fine, Scalar.All(-MostGrain), fine);
        var shares = new float[strip.Width * strip.Height];
        for (var i = 0; i < shares.Length; i++)
        {
            var (x, y) = (i % strip.Width, i / strip.Width);
            var away = beside.X > 0 ? depth - 1 - x : beside.X < 0 ? x : beside.Y > 0 ? depth - 1 - y : y;
            shares[i] = Math.Min(1, 4f * away / depth);
        }

        using var ramp = Mat.FromPixelData(strip.Height, strip.Width, MatType.CV_32FC1, shares);
        Cv2.Merge([ramp, ramp, ramp], ramps);
        var grain = new Mat();
        Cv2.Multiply(fine, ramps, grain);
        return grain;
    }
}
