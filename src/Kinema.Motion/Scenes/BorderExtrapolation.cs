using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Extends a picture beyond its edges: smooth colours plus the film grain found next to each edge.</summary>
/// <remarks>
/// The extension is deliberately soft. It appears at a corner for a moment, where a wrong detail, a seam or a mirror image would attract attention.
/// </remarks>
internal static class BorderExtrapolation
{
    /// <summary>Largest grain amplitude, in 8 bit codes. A larger difference is an edge, which would appear twice.</summary>
    private const double MaxGrainAmplitude = 10;

    /// <param name="picture">Three channels, 8 bit.</param>
    /// <param name="margin">Pixels added on each side.</param>
    public static Mat Extend(Mat picture, int margin, CancellationToken ct)
    {
        var (width, height) = (picture.Width, picture.Height);
        var extended = new Mat();
        Cv2.CopyMakeBorder(picture, extended, margin, margin, margin, margin, BorderTypes.Replicate);
        var (sideDepth, verticalDepth) = (Math.Min(width, 2 * margin), Math.Min(height, 2 * margin));
        // The sides come first. The top and the bottom then start from the extended sides.
        FillSide(extended, new Rect(0, margin, margin, height), new Rect(0, margin, margin + sideDepth, height), new Point(Math.Min(margin, width), 0));
        FillSide(
            extended, new Rect(margin + width, margin, margin, height), new Rect(margin + width - sideDepth, margin, margin + sideDepth, height),
            new Point(-Math.Min(margin, width), 0));
        ct.ThrowIfCancellationRequested();
        var fullWidth = width + (2 * margin);
        FillSide(extended, new Rect(0, 0, fullWidth, margin), new Rect(0, 0, fullWidth, margin + verticalDepth), new Point(0, Math.Min(margin, height)));
        FillSide(
            extended, new Rect(0, margin + height, fullWidth, margin), new Rect(0, margin + height - verticalDepth, fullWidth, margin + verticalDepth),
            new Point(0, -Math.Min(margin, height)));
        return extended;
    }

    /// <param name="target">The area to fill.</param>
    /// <param name="around">The area together with the pixels that the fill starts from.</param>
    /// <param name="grainOffset">The offset from the area to the source of its grain.</param>
    private static void FillSide(Mat extended, Rect target, Rect around, Point grainOffset)
    {
        using Mat part = new(extended, around), targetArea = new(extended, target), hole = new(part.Size(), MatType.CV_8UC1, Scalar.Black);
        var within = new Rect(target.X - around.X, target.Y - around.Y, target.Width, target.Height);
        hole.Rectangle(within, Scalar.White, -1);
        using var smooth = PushPull.FillHole(part, hole);
        using Mat tones = new(smooth, within), from = new(extended, target + grainOffset);
        using var grain = Grain(from, grainOffset);
        Cv2.Add(tones, grain, targetArea, null, (int)MatType.CV_8UC3);
    }

    /// <summary>The high-frequency part of a strip, faded in from zero at the edge of the picture.</summary>
    private static Mat Grain(Mat strip, Point grainOffset)
    {
        var depth = Math.Max(Math.Abs(grainOffset.X), Math.Abs(grainOffset.Y));
        using Mat soft = new(), fine = new(), ramps = new();
        Cv2.GaussianBlur(strip, soft, default, Math.Max(1, depth / 12.0));
        Cv2.Subtract(strip, soft, fine, null, (int)MatType.CV_32FC3);
        Cv2.Min(fine, Scalar.All(MaxGrainAmplitude), fine);
        Cv2.Max(fine, Scalar.All(-MaxGrainAmplitude), fine);
        var weights = new float[strip.Width * strip.Height];
        for (var i = 0; i < weights.Length; i++)
        {
            var (x, y) = (i % strip.Width, i / strip.Width);
            var distance = grainOffset.X > 0 ? depth - 1 - x : grainOffset.X < 0 ? x : grainOffset.Y > 0 ? depth - 1 - y : y;
            weights[i] = Math.Min(1, 4f * distance / depth);
        }

        using var ramp = Mat.FromPixelData(strip.Height, strip.Width, MatType.CV_32FC1, weights);
        Cv2.Merge([ramp, ramp, ramp], ramps);
        var grain = new Mat();
        Cv2.Multiply(fine, ramps, grain);
        return grain;
    }
}
