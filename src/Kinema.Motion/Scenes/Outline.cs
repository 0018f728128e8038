using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>How clearly the picture itself shows the outline that was drawn round a figure.</summary>
internal static class Outline
{
    private const int Reach = 4;
    private const double ClearDifference = 22;

    /// <summary>0 to 1: the mean over the whole outline.</summary>
    public static double Certainty(SmallPicture picture, Mat mask)
    {
        using var certainty = Map(picture, mask);
        using var line = Line(mask);
        return Cv2.CountNonZero(line) == 0 ? 0 : Cv2.Mean(certainty, line).Val0;
    }

    /// <summary>At each pixel near the outline: how far the colours on its two sides differ, 0 to 1, as 32 bit map.</summary>
    public static Mat Map(SmallPicture picture, Mat mask)
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
        var certainty = new Mat();
        sum.ConvertTo(certainty, MatType.CV_32FC1, 1 / ClearDifference);
        Cv2.Min(certainty, new Scalar(1), certainty);
        return certainty;
    }

    /// <summary>The pixels of the figure that touch what is not.</summary>
    public static Mat Line(Mat mask)
    {
        var line = new Mat();
        using var cross = Cv2.GetStructuringElement(MorphShapes.Cross, new Size(3, 3));
        Cv2.Erode(mask, line, cross);
        Cv2.Subtract(mask, line, line);
        return line;
    }

    private static Mat LocalMean(Mat lab, Mat where)
    {
        using var weight = new Mat();
        where.ConvertTo(weight, MatType.CV_32FC1, 1 / 255.0);
        using var three = new Mat();
        Cv2.Merge([weight, weight, weight], three);
        var mean = new Mat();
        Cv2.Multiply(lab, three, mean);
        var window = new Size((2 * Reach) + 1, (2 * Reach) + 1);
        Cv2.Blur(mean, mean, window);
        Cv2.Blur(three, three, window);
        Cv2.Add(three, Scalar.All(1e-4), three);
        Cv2.Divide(mean, three, mean);
        return mean;
    }
}
