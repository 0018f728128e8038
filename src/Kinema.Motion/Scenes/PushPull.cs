using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Push-pull interpolation: spreads known values of a map smoothly over unknown ones, coarse to fine.</summary>
/// <remarks>Gortler et al. 1996, "The lumigraph", section 3.4.</remarks>
internal static class PushPull
{
    private const float MinWeight = 1e-4f;

    /// <param name="weighted">32 bit, one or three channels, premultiplied by the weight.</param>
    /// <param name="weight">32 bit, one channel, 0 to 1.</param>
    public static Mat Fill(Mat weighted, Mat weight)
    {
        if (Math.Max(weight.Width, weight.Height) <= 2)
            return Divide(weighted, weight, Cv2.Sum(weighted), Cv2.Sum(weight).Val0);

        var half = new Size((weight.Width + 1) / 2, (weight.Height + 1) / 2);
        using var coarseWeighted = new Mat();
        using var coarseWeight = new Mat();
        Cv2.PyrDown(weighted, coarseWeighted, half, BorderTypes.Reflect101);
        Cv2.PyrDown(weight, coarseWeight, half, BorderTypes.Reflect101);
        Saturate(coarseWeighted, coarseWeight);
        using var coarse = Fill(coarseWeighted, coarseWeight);
        var full = new Mat();
        Cv2.Resize(coarse, full, weight.Size(), interpolation: InterpolationFlags.Linear);

        // weighted + (1 − weight) × coarser level
        using var missing = new Mat();
        Cv2.Min(weight, new Scalar(1), missing);
        Cv2.Subtract(new Scalar(1), missing, missing);
        using var repeated = RepeatChannel(missing, weighted.Channels());
        Cv2.Multiply(full, repeated, full);
        Cv2.Add(full, weighted, full);
        return full;
    }

    /// <summary>Returns an 8 bit, three-channel picture with the hole (above 0) filled smoothly.</summary>
    public static Mat FillHole(Mat picture, Mat hole)
    {
        using var known = new Mat();
        using var weight = new Mat();
        using var weighted = new Mat();
        Cv2.Threshold(hole, known, 0, 1, ThresholdTypes.BinaryInv);
        known.ConvertTo(weight, MatType.CV_32FC1);
        picture.ConvertTo(weighted, MatType.CV_32FC3);
        using var repeated = RepeatChannel(weight, 3);
        Cv2.Multiply(weighted, repeated, weighted);
        var filled = Fill(weighted, weight);
        filled.ConvertTo(filled, MatType.CV_8UC3);
        return filled;
    }

    /// <summary>One known pixel of four suffices for the coarser pixel, so that near values outweigh distant ones.</summary>
    private static void Saturate(Mat weighted, Mat weight)
    {
        using var gain = new Mat();
        Cv2.Multiply(weight, new Scalar(4), gain);
        Cv2.Min(gain, new Scalar(1), gain);
        using var safe = new Mat();
        Cv2.Max(weight, new Scalar(MinWeight), safe);
        Cv2.Divide(gain, safe, gain);
        Cv2.Multiply(weight, gain, weight);
        using var repeated = RepeatChannel(gain, weighted.Channels());
        Cv2.Multiply(weighted, repeated, weighted);
    }

    private static Mat Divide(Mat weighted, Mat weight, Scalar sum, double total)
    {
        var mean = total > MinWeight ? new Scalar(sum.Val0 / total, sum.Val1 / total, sum.Val2 / total) : Scalar.All(0);
        return new Mat(weight.Size(), weighted.Type(), mean);
    }

    public static Mat RepeatChannel(Mat one, int channels)
    {
        var repeated = new Mat();
        if (channels == 1)
            one.CopyTo(repeated);
        else
            Cv2.Merge([one, one, one], repeated);
        return repeated;
    }
}
