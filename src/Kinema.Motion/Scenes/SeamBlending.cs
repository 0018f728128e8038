using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Removes the brightness step between an inpainted region and the picture.</summary>
/// <remarks>
/// Copied patches keep the light of their source. A smooth membrane spreads the step along the seam inwards and preserves the copied structure: Pérez et al.
/// 2003, "Poisson image editing", with push-pull instead of a solver.
/// </remarks>
internal static class SeamBlending
{
    /// <summary>Width of the compared strips on each side of the seam, in pixels at analysis size.</summary>
    private const int RingWidth = 2;

    /// <summary>Blur across and along the seam, in pixels. Finer differences are structure and must not be smeared.</summary>
    private const double BlurSigma = 2.5;

    /// <summary>Largest difference, of 255, that light explains. A larger one is the boundary between two objects.</summary>
    private const double MaxLightStep = 24;

    /// <param name="filled">8 bit, three channels, small; changed within the hole.</param>
    /// <param name="hole">255 where it is inpainted.</param>
    public static void Blend(Mat filled, Mat hole)
    {
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * RingWidth) + 1, (2 * RingWidth) + 1));
        using Mat outside = new(), inside = new();
        Cv2.Dilate(hole, outside, disc);
        Cv2.Subtract(outside, hole, outside);
        Cv2.Erode(hole, inside, disc, borderType: BorderTypes.Constant, borderValue: Scalar.All(255));
        Cv2.Subtract(hole, inside, inside);

        var (outer, outerWeight) = Mean(filled, outside);
        var (inner, innerWeight) = Mean(filled, inside);
        using (outer)
        using (outerWeight)
        using (inner)
        using (innerWeight)
        {
            using var step = new Mat();
            Cv2.Subtract(outer, inner, step);
            // Known only along the seam, where both strips have pixels and where one surface seems to continue.
            using Mat seamWeight = new(), confidence = new();
            inside.ConvertTo(seamWeight, MatType.CV_32FC1, 1 / 255.0);
            Cv2.Min(outerWeight, innerWeight, confidence);
            Cv2.Multiply(confidence, new Scalar(10), confidence);
            Cv2.Min(confidence, new Scalar(1), confidence);
            Cv2.Multiply(seamWeight, confidence, seamWeight);
            using var stepWeight = StepWeight(step);
            Cv2.Multiply(seamWeight, stepWeight, seamWeight);
            using var weights = PushPull.RepeatChannel(seamWeight, 3);
            Cv2.Multiply(step, weights, step);
            using var membrane = PushPull.Fill(step, seamWeight);
            using var sum = new Mat();
            Cv2.Add(filled, membrane, sum, null, (int)MatType.CV_8UC3);
            sum.CopyTo(filled, hole);
        }
    }

    /// <summary>1 for a small step, 0 for a step that light does not explain.</summary>
    private static Mat StepWeight(Mat step)
    {
        using var magnitude = new Mat();
        Cv2.Absdiff(step, Scalar.All(0), magnitude);
        var channels = Cv2.Split(magnitude);
        var weight = new Mat();
        Cv2.Max(channels[0], channels[1], weight);
        Cv2.Max(weight, channels[2], weight);
        Array.ForEach(channels, channel => channel.Dispose());
        weight.ConvertTo(weight, MatType.CV_32FC1, -1 / MaxLightStep, 2);
        Cv2.Min(weight, new Scalar(1), weight);
        Cv2.Max(weight, new Scalar(0), weight);
        return weight;
    }

    private static (Mat Mean, Mat Weight) Mean(Mat picture, Mat where)
    {
        var (mean, weight) = (new Mat(), new Mat());
        where.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        picture.ConvertTo(mean, MatType.CV_32FC3);
        using var weights = PushPull.RepeatChannel(weight, 3);
        Cv2.Multiply(mean, weights, mean);
        Cv2.GaussianBlur(mean, mean, default, BlurSigma);
        Cv2.GaussianBlur(weight, weight, default, BlurSigma);
        using var safe = new Mat();
        Cv2.Max(weight, new Scalar(1e-4), safe);
        using var safeWeights = PushPull.RepeatChannel(safe, 3);
        Cv2.Divide(mean, safeWeights, mean);
        return (mean, weight);
    }
}
