using OpenCvSharp;

namespace Kinema.Motion.FirstLastFrame;

/// <summary>Segments objects that move independently of the camera, so that they can move as separate layers without stretching their surroundings.</summary>
internal static class MovingObjectSegmenter
{
    private const float MinPixels = 1.5f;
    private const float SimilarThreshold = 0.5f;

    /// <summary>Threshold as a fraction of the median displacement of moving pixels; slower pixels stay with the background.</summary>
    private const float RelativeThreshold = 0.4f;

    private const double MinAreaShare = 0.0015;
    private const double MaxAreaShare = 0.4;

    /// <summary>Minimum share of an object with certain motion.</summary>
    private const double MinCertainShare = 0.15;

    /// <returns>A mask of the flow's size, 255 inside objects; null if there is none.</returns>
    public static Mat? Segment(DenseFlow flow, Mat trust, Mat unmoved)
    {
        using var length = new Mat();
        Cv2.Magnitude(flow.X, flow.Y, length);
        using Mat certain = new(), believed = new(), unexplained = new();
        Cv2.Threshold(length, certain, MinPixels, 255, ThresholdTypes.Binary);
        certain.ConvertTo(certain, MatType.CV_8UC1);
        Cv2.Compare(trust, new Scalar(SimilarThreshold), believed, CmpTypes.GT);
        Cv2.Compare(unmoved, new Scalar(SimilarThreshold), unexplained, CmpTypes.LT);
        Cv2.BitwiseAnd(certain, believed, certain);
        Cv2.BitwiseAnd(certain, unexplained, certain);
        length.GetArray(out float[] lengths);
        certain.GetArray(out byte[] marks);
        var moves = lengths.Where((_, i) => marks[i] != 0).Order().ToArray();
        if (moves.Length < MinAreaShare * lengths.Length)
            return null;

        var mask = new Mat();
        Cv2.Threshold(length, mask, Math.Max(MinPixels, RelativeThreshold * moves[moves.Length / 2]), 255, ThresholdTypes.Binary);
        mask.ConvertTo(mask, MatType.CV_8UC1);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(5, 5));
        Cv2.MorphologyEx(mask, mask, MorphTypes.Open, disc);
        Cv2.MorphologyEx(mask, mask, MorphTypes.Close, disc);
        KeepCertain(mask, certain);
        if (Cv2.CountNonZero(mask) is var area && area > 0 && area < MaxAreaShare * lengths.Length)
            return mask;
        mask.Dispose();
        return null;
    }

    private static void KeepCertain(Mat mask, Mat certain)
    {
        using Mat labels = new(), stats = new(), centres = new(), part = new(), sure = new();
        var count = Cv2.ConnectedComponentsWithStats(mask, labels, stats, centres);
        var all = mask.Width * mask.Height;
        for (var label = 1; label < count; label++)
        {
            var area = stats.At<int>(label, (int)ConnectedComponentsTypes.Area);
            Cv2.Compare(labels, new Scalar(label), part, CmpTypes.EQ);
            Cv2.BitwiseAnd(part, certain, sure);
            if (area < MinAreaShare * all || Cv2.CountNonZero(sure) < MinCertainShare * area)
                mask.SetTo(Scalar.Black, part);
        }
    }
}
