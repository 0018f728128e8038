using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Inpaints the background behind a foreground object.</summary>
/// <remarks>
/// PatchMatch continues structure and texture at a small size, where patches cover enough context. The matches then transfer detail from the picture at full
/// size. Only a band as wide as parallax can uncover gets this treatment. A smooth fill suffices beyond it.
/// </remarks>
internal static class BackgroundInpainting
{
    private const int LongSide = 320;
    private const int Levels = 3;
    private const double BandWidth = 0.11;

    /// <param name="hole">Above 0 where pixels must be replaced.</param>
    public static Mat Inpaint(Mat picture, Mat hole, CancellationToken ct)
    {
        using var small = new Mat();
        using var smallHole = new Mat();
        var scale = Math.Min(1.0, LongSide / (double)Math.Max(picture.Width, picture.Height));
        var size = new Size(Math.Max(16, Math.Round(picture.Width * scale)), Math.Max(16, Math.Round(picture.Height * scale)));
        Cv2.Resize(picture, small, size, interpolation: InterpolationFlags.Area);
        Cv2.Resize(hole, smallHole, size, interpolation: InterpolationFlags.Area);
        Cv2.Threshold(smallHole, smallHole, 0, 255, ThresholdTypes.Binary);

        if (RowInterpolation.IsSuitable(small, smallHole))
            return RowInterpolation.Fill(picture, hole);
        using var smooth = PushPull.FillHole(small, smallHole);
        var level = RunPatchMatch(smooth, smallHole, Levels, ct);
        ct.ThrowIfCancellationRequested();
        if (level is null)
            return PasteSmooth(picture, hole, smooth);
        SeamBlending.Blend(smooth, smallHole);
        return PatchMatchUpsampler.Apply(picture, hole, smooth, level, ct);
    }

    /// <summary>The mask of all pixels that the foreground touches, dilated a little, so that none of its colour enters the background.</summary>
    public static Mat HoleMask(Mat matte)
    {
        var radius = Math.Max(2, Math.Max(matte.Width, matte.Height) / 320);
        var hole = new Mat();
        Cv2.Threshold(matte, hole, 2, 255, ThresholdTypes.Binary);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        Cv2.Dilate(hole, hole, disc);
        return hole;
    }

    private static Mat PasteSmooth(Mat picture, Mat hole, Mat smooth)
    {
        using var full = new Mat();
        Cv2.Resize(smooth, full, picture.Size(), interpolation: InterpolationFlags.Cubic);
        var filled = picture.Clone();
        full.CopyTo(filled, hole);
        return filled;
    }

    /// <summary>Runs PatchMatch from coarse to fine. Null if no source pixels are left.</summary>
    private static PatchMatchLevel? RunPatchMatch(Mat initial, Mat hole, int levels, CancellationToken ct)
    {
        PatchMatchLevel? coarser = null;
        var (width, height) = (initial.Width, initial.Height);
        if (levels > 1 && Math.Min(width, height) >= 48)
        {
            using var half = new Mat();
            using var halfHole = new Mat();
            var size = new Size((width + 1) / 2, (height + 1) / 2);
            Cv2.Resize(initial, half, size, interpolation: InterpolationFlags.Area);
            Cv2.Resize(hole, halfHole, size, interpolation: InterpolationFlags.Area);
            Cv2.Threshold(halfHole, halfHole, 0, 255, ThresholdTypes.Binary);
            coarser = RunPatchMatch(half, halfHole, levels - 1, ct);
            if (coarser is null)
                return null;
            // The result of the coarser level is a better initial value.
            using var upsampled = new Mat(size, MatType.CV_8UC3);
            System.Runtime.InteropServices.Marshal.Copy(coarser.Colours, 0, upsampled.Data, coarser.Colours.Length);
            Cv2.Resize(upsampled, half, initial.Size(), interpolation: InterpolationFlags.Cubic);
            half.CopyTo(initial, hole);
        }

        ct.ThrowIfCancellationRequested();
        var colours = new byte[3 * width * height];
        System.Runtime.InteropServices.Marshal.Copy(initial.Data, colours, 0, colours.Length);
        hole.GetArray(out byte[] inside);
        var level = new PatchMatchLevel(width, height, colours, Array.ConvertAll(inside, value => value > 0), TargetPixels(hole));
        if (!level.HasSources)
            return null;
        level.Initialise(coarser);
        for (var iteration = 0; iteration < (coarser is null ? 6 : 3); iteration++)
        {
            ct.ThrowIfCancellationRequested();
            level.Search(coarser is null ? 3 : 2);
            level.Vote();
        }

        System.Runtime.InteropServices.Marshal.Copy(level.Colours, 0, initial.Data, level.Colours.Length);
        return level;
    }

    private static bool[] TargetPixels(Mat hole)
    {
        using var depth = new Mat();
        using var framed = new Mat();
        // Pixels beyond the edge of the picture are unknown too: the frame counts as hole.
        Cv2.CopyMakeBorder(hole, framed, 1, 1, 1, 1, BorderTypes.Constant, Scalar.All(255));
        Cv2.DistanceTransform(framed, depth, DistanceTypes.L2, DistanceTransformMasks.Mask3);
        depth.GetArray(out float[] depths);
        var (width, height) = (hole.Width, hole.Height);
        var limit = BandWidth * Math.Max(width, height);
        var targets = new bool[width * height];
        for (var i = 0; i < targets.Length; i++)
        {
            var distance = depths[(((i / width) + 1) * (width + 2)) + (i % width) + 1];
            targets[i] = distance > 0 && distance <= limit;
        }

        return targets;
    }
}
