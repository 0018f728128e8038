using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>What is enclosed by sharp edges: things in focus before a background that is not, and smooth things before a smooth one.</summary>
/// <param name="Inside">8 bit: 255 there.</param>
/// <param name="Certainty">0 where what is enclosed is nothing, nearly everything, or cut by the picture's edge; to 1.</param>
internal sealed record Contours(Mat Inside, double Certainty) : IDisposable
{
    private const double Certain = 0.7;
    private const double Largest = 0.5;
    private const double Clear = 0.06;
    private const double Smallest = 0.004;

    public static Contours Of(SmallPicture picture)
    {
        using var sharp = Edges(picture.Lab);
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size(5, 5));
        Cv2.MorphologyEx(sharp, sharp, MorphTypes.Close, disc);
        Cv2.FindContours(sharp, out var outlines, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        var least = Smallest * picture.Width * picture.Height;
        var filled = new Mat(sharp.Size(), MatType.CV_8UC1, Scalar.All(0));
        foreach (var outline in outlines.Where(outline => Cv2.ContourArea(outline) > least))
            Cv2.DrawContours(filled, [outline], 0, Scalar.All(255), -1);
        Cv2.MorphologyEx(filled, filled, MorphTypes.Open, disc);
        MaskCleaner.Clean(filled);
        var bounds = Cv2.BoundingRect(filled);
        var free = bounds.Width > 0 && bounds.Left > 1 && bounds.Top > 1 && bounds.Right < filled.Cols - 1;
        return new Contours(filled, free && Cv2.CountNonZero(filled) is var area && area > 3 * least && area < Largest * filled.Rows * filled.Cols ? Certain : 0);
    }

    /// <summary>How well a cut and what is enclosed are the same, 0 to 1.</summary>
    public double Agreement(Mat mask)
    {
        using var both = Inside & mask;
        using var either = Inside | mask;
        return Cv2.CountNonZero(both) / (double)Math.Max(1, Cv2.CountNonZero(either));
    }

    public void Dispose() => Inside.Dispose();

    /// <summary>Steps of colour from one pixel to the next but one: a blurred edge has none so steep.</summary>
    private static Mat Edges(Mat lab)
    {
        using var across = new Mat();
        using var down = new Mat();
        Cv2.Sobel(lab, across, MatType.CV_32FC1, 1, 0, 3, 1 / 400.0);
        Cv2.Sobel(lab, down, MatType.CV_32FC1, 0, 1, 3, 1 / 400.0);
        Cv2.Multiply(across, across, across);
        Cv2.Multiply(down, down, down);
        Cv2.Add(across, down, across);
        using var steep = new Mat();
        Cv2.Transform(across, steep, InputArray.Create(new float[,] { { 1, 1, 1 } }));
        var edges = new Mat();
        Cv2.Compare(steep, new Scalar(Clear * Clear), edges, CmpTypes.GT);
        return edges;
    }
}
