using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The colour contrast of a picture across the boundary of a mask.</summary>
internal static class MaskBoundary
{
    private const int Radius = 4;
    private const double FullContrastDifference = 22;

    /// <summary>The mean contrast over the whole boundary, 0 to 1.</summary>
    public static double MeanContrast(AnalysisImage picture, Mat mask)
    {
        using var contrast = ContrastMap(picture, mask);
        using var boundary = Pixels(mask);
        return Cv2.CountNonZero(boundary) == 0 ? 0 : Cv2.Mean(contrast, boundary).Val0;
    }

    /// <summary>The colour contrast between the two sides at each pixel near the boundary, 0 to 1, as a 32 bit map.</summary>
    public static Mat ContrastMap(AnalysisImage picture, Mat mask)
    {
        using var outside = new Mat();
        Cv2.BitwiseNot(mask, outside);
        using var inner = LocalMean(picture.Lab, mask);
        using var outer = LocalMean(picture.Lab, outside);
        using var difference = new Mat();
        Cv2.Subtract(inner, outer, difference);
        Cv2.Multiply(difference, difference, difference);
        using var sum = new Mat();
        Cv2.Transform(difference, sum, InputArray.Create(new float[,] { { 1, 1, 1 } }));
        Cv2.Sqrt(sum, sum);
        var contrast = new Mat();
        sum.ConvertTo(contrast, MatType.CV_32FC1, 1 / FullContrastDifference);
        Cv2.Min(contrast, new Scalar(1), contrast);
        return contrast;
    }

    /// <summary>The mask pixels that touch the outside.</summary>
    public static Mat Pixels(Mat mask)
    {
        var boundary = new Mat();
        using var cross = Cv2.GetStructuringElement(MorphShapes.Cross, new Size(3, 3));
        Cv2.Erode(mask, boundary, cross);
        Cv2.Subtract(mask, boundary, boundary);
        return boundary;
    }

    private static Mat LocalMean(Mat lab, Mat where)
    {
        using var weight = new Mat();
        where.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        using var three = new Mat();
        Cv2.Merge([weight, weight, weight], three);
        var mean = new Mat();
        Cv2.Multiply(lab, three, mean);
        var window = new Size((2 * Radius) + 1, (2 * Radius) + 1);
        Cv2.Blur(mean, mean, window);
        Cv2.Blur(three, three, window);
        Cv2.Add(three, Scalar.All(1e-4), three);
        Cv2.Divide(mean, three, mean);
        return mean;
    }
}
