using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The area inside closed sharp edges: an object in focus in front of a blurred background, or a smooth object in front of a smooth one.</summary>
/// <param name="Inside">8 bit: 255 inside.</param>
/// <param name="Certainty">0 if the area is empty, covers nearly the whole picture or touches its edge; up to 1.</param>
internal sealed record Contours(Mat Inside, double Certainty) : IDisposable
{
    private const double FreeContourCertainty = 0.7;
    private const double MaxAreaShare = 0.5;
    private const double MinGradient = 0.06;
    private const double MinAreaShare = 0.004;

    public static Contours Of(AnalysisImage picture)
    {
        using var sharp = Edges(picture.Lab);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(5, 5));
        Cv2.MorphologyEx(sharp, sharp, MorphTypes.Close, disc);
        Cv2.FindContours(sharp, out var outlines, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        var minArea = MinAreaShare * picture.Width * picture.Height;
        var filled = new Mat(sharp.Size(), MatType.CV_8UC1, Scalar.All(0));
        foreach (var outline in outlines.Where(outline => Cv2.ContourArea(outline) > minArea))
            Cv2.DrawContours(filled, [outline], 0, Scalar.All(255), -1);
        Cv2.MorphologyEx(filled, filled, MorphTypes.Open, disc);
        MaskCleaner.Clean(filled);
        var bounds = Cv2.BoundingRect(filled);
        var isFree = bounds.Width > 0 && bounds.Left > 1 && bounds.Top > 1 && bounds.Right < filled.Cols - 1;
        return new Contours(filled, isFree && Cv2.CountNonZero(filled) is var area && area > 3 * minArea && area < MaxAreaShare * filled.Rows * filled.Cols ? FreeContourCertainty : 0);
    }

    /// <summary>The overlap (intersection over union, 0 to 1) of a mask with the enclosed area.</summary>
    public double Agreement(Mat mask)
    {
        using var both = Inside & mask;
        using var either = Inside | mask;
        return Cv2.CountNonZero(both) / (double)Math.Max(1, Cv2.CountNonZero(either));
    }

    public void Dispose() => Inside.Dispose();

    /// <summary>The mask of steep colour gradients (3×3 Sobel). A blurred edge has no gradient this steep.</summary>
    private static Mat Edges(Mat lab)
    {
        using var across = new Mat();
        using var down = new Mat();
        Cv2.Sobel(lab, across, MatType.CV_32FC1, 1, 0, 3, 1 / 400.0);
        Cv2.Sobel(lab, down, MatType.CV_32FC1, 0, 1, 3, 1 / 400.0);
        Cv2.Multiply(across, across, across);
        Cv2.Multiply(down, down, down);
        Cv2.Add(across, down, across);
        using var squaredGradient = new Mat();
        Cv2.Transform(across, squaredGradient, InputArray.Create(new float[,] { { 1, 1, 1 } }));
        var edges = new Mat();
        Cv2.Compare(squaredGradient, new Scalar(MinGradient * MinGradient), edges, CmpTypes.GT);
        return edges;
    }
}
