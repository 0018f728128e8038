using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Takes away the step in tone where what was filled in meets the picture.</summary>
/// <remarks>
/// What was copied from elsewhere has the light of elsewhere. The step along the seam is spread inwards as a soft membrane, so that tones run on while
/// what was copied keeps its structure: Pérez et al. 2003, "Poisson image editing", by push and pull instead of a solver.
/// </remarks>
internal static class FillSeam
{
    /// <summary>Pixels of the small picture on each side of the seam that are held against each other.</summary>
    private const int Ring = 2;

    /// <summary>Along and across the seam, in pixels: finer differences are structure, which nobody wants to be smeared.</summary>
    private const double Reach = 2.5;

    /// <summary>More than this, of 255, is two things that meet there rather than one in two lights.</summary>
    private const double Largest = 24;

    /// <param name="filled">8 bit, three channels, small; changed within the hole.</param>
    /// <param name="hole">255 where it was filled in.</param>
    public static void Close(Mat filled, Mat hole)
    {
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * Ring) + 1, (2 * Ring) + 1));
        using Mat outside = new(), inside = new();
        Cv2.Dilate(hole, outside, disc);
        Cv2.Subtract(outside, hole, outside);
        Cv2.Erode(hole, inside, disc, borderType: BorderTypes.Constant, borderValue: Scalar.All(255));
        Cv2.Subtract(hole, inside, inside);

        var (beyond, beyondWeight) = Mean(filled, outside);
        var (within, withinWeight) = Mean(filled, inside);
        using (beyond)
        using (beyondWeight)
        using (within)
        using (withinWeight)
        {
            using var step = new Mat();
            Cv2.Subtract(beyond, within, step);
            // Known along the seam only, where both sides are, and where one thing seems to go on.
            using Mat known = new(), sure = new();
            inside.ConvertTo(known, MatType.CV_32FC1, 1 / 255.0);
            Cv2.Min(beyondWeight, withinWeight, sure);
            Cv2.Multiply(sure, new Scalar(10), sure);
            Cv2.Min(sure, new Scalar(1), sure);
            Cv2.Multiply(known, sure, known);
            using var alike = Alike(step);
            Cv2.Multiply(known, alike, known);
            using var wide = PushPull.Widen(known, 3);
            Cv2.Multiply(step, wide, step);
            using var membrane = PushPull.Fill(step, known);
            using var sum = new Mat();
            Cv2.Add(filled, membrane, sum, null, (int)MatType.CV_8UC3);
            sum.CopyTo(filled, hole);
        }
    }

    /// <summary>1 for a small step, 0 for one that no light explains.</summary>
    private static Mat Alike(Mat step)
    {
        using var size = new Mat();
        Cv2.Absdiff(step, Scalar.All(0), size);
        var channels = Cv2.Split(size);
        var most = new Mat();
        Cv2.Max(channels[0], channels[1], most);
        Cv2.Max(most, channels[2], most);
        Array.ForEach(channels, channel => channel.Dispose());
        most.ConvertTo(most, MatType.CV_32FC1, -1 / Largest, 2);
        Cv2.Min(most, new Scalar(1), most);
        Cv2.Max(most, new Scalar(0), most);
        return most;
    }

    private static (Mat Mean, Mat Weight) Mean(Mat picture, Mat where)
    {
        var (mean, weight) = (new Mat(), new Mat());
        where.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        picture.ConvertTo(mean, MatType.CV_32FC3);
        using var wide = PushPull.Widen(weight, 3);
        Cv2.Multiply(mean, wide, mean);
        Cv2.GaussianBlur(mean, mean, default, Reach);
        Cv2.GaussianBlur(weight, weight, default, Reach);
        using var safe = new Mat();
        Cv2.Max(weight, new Scalar(1e-4), safe);
        using var safeWide = PushPull.Widen(safe, 3);
        Cv2.Divide(mean, safeWide, mean);
        return (mean, weight);
    }
}
