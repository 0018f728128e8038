using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The picture as it would be without what stands before it.</summary>
/// <remarks>
/// Structure and texture are continued at a small size, where patches see enough of their surroundings; the places found there then lend the picture's
/// own detail at full size. Only a band as wide as parallax can uncover is done with that care; beyond, nobody looks.
/// </remarks>
internal static class BackgroundFill
{
    private const int LongSide = 320;
    private const int Levels = 3;
    private const double Band = 0.11;

    /// <param name="hole">Above 0 where the picture is not to be seen.</param>
    public static Mat Behind(Mat picture, Mat hole, CancellationToken ct)
    {
        using var small = new Mat();
        using var smallHole = new Mat();
        var scale = Math.Min(1.0, LongSide / (double)Math.Max(picture.Width, picture.Height));
        var size = new Size(Math.Max(16, Math.Round(picture.Width * scale)), Math.Max(16, Math.Round(picture.Height * scale)));
        Cv2.Resize(picture, small, size, interpolation: InterpolationFlags.Area);
        Cv2.Resize(hole, smallHole, size, interpolation: InterpolationFlags.Area);
        Cv2.Threshold(smallHole, smallHole, 0, 255, ThresholdTypes.Binary);

        if (RowFill.Suits(small, smallHole))
            return RowFill.Over(picture, hole);
        using var smooth = PushPull.Over(small, smallHole);
        var field = Continue(smooth, smallHole, Levels, ct);
        ct.ThrowIfCancellationRequested();
        if (field is null)
            return Blend(picture, hole, smooth);
        FillSeam.Close(smooth, smallHole);
        return DetailTransfer.Apply(picture, hole, smooth, field, ct);
    }

    /// <summary>All that has a trace of the figure in it, and a little more: nothing of its colour may be taken for background.</summary>
    public static Mat Hole(Mat matte)
    {
        var reach = Math.Max(2, Math.Max(matte.Width, matte.Height) / 320);
        var hole = new Mat();
        Cv2.Threshold(matte, hole, 2, 255, ThresholdTypes.Binary);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * reach) + 1, (2 * reach) + 1));
        Cv2.Dilate(hole, hole, disc);
        return hole;
    }

    private static Mat Blend(Mat picture, Mat hole, Mat smooth)
    {
        using var full = new Mat();
        Cv2.Resize(smooth, full, picture.Size(), interpolation: InterpolationFlags.Cubic);
        var behind = picture.Clone();
        full.CopyTo(behind, hole);
        return behind;
    }

    /// <summary>Coarse to fine. Null where nothing is left to copy from.</summary>
    private static PatchField? Continue(Mat guess, Mat hole, int levels, CancellationToken ct)
    {
        PatchField? coarser = null;
        var (width, height) = (guess.Width, guess.Height);
        if (levels > 1 && Math.Min(width, height) >= 48)
        {
            using var half = new Mat();
            using var halfHole = new Mat();
            var size = new Size((width + 1) / 2, (height + 1) / 2);
            Cv2.Resize(guess, half, size, interpolation: InterpolationFlags.Area);
            Cv2.Resize(hole, halfHole, size, interpolation: InterpolationFlags.Area);
            Cv2.Threshold(halfHole, halfHole, 0, 255, ThresholdTypes.Binary);
            coarser = Continue(half, halfHole, levels - 1, ct);
            if (coarser is null)
                return null;
            // What the coarser level found is the better guess.
            using var found = new Mat(size, MatType.CV_8UC3);
            System.Runtime.InteropServices.Marshal.Copy(coarser.Colours, 0, found.Data, coarser.Colours.Length);
            Cv2.Resize(found, half, guess.Size(), interpolation: InterpolationFlags.Cubic);
            half.CopyTo(guess, hole);
        }

        ct.ThrowIfCancellationRequested();
        var colours = new byte[3 * width * height];
        System.Runtime.InteropServices.Marshal.Copy(guess.Data, colours, 0, colours.Length);
        hole.GetArray(out byte[] inside);
        var field = new PatchField(width, height, colours, Array.ConvertAll(inside, value => value > 0), Wanted(hole));
        if (!field.HasSources)
            return null;
        field.Begin(coarser);
        for (var round = 0; round < (coarser is null ? 6 : 3); round++)
        {
            ct.ThrowIfCancellationRequested();
            field.Search(coarser is null ? 3 : 2);
            field.Vote();
        }

        System.Runtime.InteropServices.Marshal.Copy(field.Colours, 0, guess.Data, field.Colours.Length);
        return field;
    }

    private static bool[] Wanted(Mat hole)
    {
        using var depth = new Mat();
        using var framed = new Mat();
        // What lies beyond the edge of the picture is not known either: the frame counts as hole.
        Cv2.CopyMakeBorder(hole, framed, 1, 1, 1, 1, BorderTypes.Constant, Scalar.All(255));
        Cv2.DistanceTransform(framed, depth, DistanceTypes.L2, DistanceTransformMasks.Mask3);
        depth.GetArray(out float[] inward);
        var (width, height) = (hole.Width, hole.Height);
        var limit = Band * Math.Max(width, height);
        var wanted = new bool[width * height];
        for (var i = 0; i < wanted.Length; i++)
        {
            var far = inward[(((i / width) + 1) * (width + 2)) + (i % width) + 1];
            wanted[i] = far > 0 && far <= limit;
        }

        return wanted;
    }
}
