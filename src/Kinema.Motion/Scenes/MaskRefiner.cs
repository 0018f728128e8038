using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Repeats the graph cut at a finer size near the boundary, so that the mask follows the edge in the picture.</summary>
internal static class MaskRefiner
{
    private const int LongSide = 640;
    private const int GrabCutIterations = 2;
    private const double MinUniformity = 0.6;
    private const double WeakDifference = 2.2;
    private const double StrongDifference = 4;

    /// <param name="uniformity">Of the background model, 0 to 1.</param>
    public static Mat Refine(Mat picture, Mat mask, double uniformity, CancellationToken ct)
    {
        using var fine = AnalysisImage.Of(picture, LongSide);
        using var coarse = new Mat();
        Cv2.Resize(mask, coarse, fine.Colour.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.Threshold(coarse, coarse, 127, 255, ThresholdTypes.Binary);
        // A thin object loses its ends at the small size. It also has free space around it in which to search for them.
        var isThin = Cv2.CountNonZero(mask) < 0.06 * mask.Rows * mask.Cols;
        var radius = Math.Max(2, (int)Math.Round((isThin ? 4 : 2.2) * fine.Width / mask.Width));
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        using var inside = new Mat();
        using var near = new Mat();
        using var core = Cv2.GetStructuringElement(MorphShapes.Ellipse, isThin ? new Size(5, 5) : disc.Size());
        Cv2.Erode(coarse, inside, core);
        Cv2.Dilate(coarse, near, disc);
        using var seeds = new Mat(coarse.Size(), MatType.CV_8UC1, new Scalar((int)GrabCutClasses.BGD));
        seeds.SetTo(new Scalar((int)GrabCutClasses.PR_BGD), near);
        seeds.SetTo(new Scalar((int)GrabCutClasses.PR_FGD), coarse);
        seeds.SetTo(new Scalar((int)GrabCutClasses.FGD), inside);
        ct.ThrowIfCancellationRequested();
        var refined = GraphCut.Run(fine.Colour, seeds, GrabCutIterations);
        if (uniformity > MinUniformity)
            AddMissedParts(refined, fine);
        MaskCleaner.Clean(refined);
        return refined;
    }

    /// <summary>Adds missed parts that differ from the background model, and closes notches where the object nearly matches it.</summary>
    private static void AddMissedParts(Mat mask, AnalysisImage fine)
    {
        using var background = BackgroundModel.Of(fine);
        using var weak = new Mat();
        Cv2.GaussianBlur(background.Difference, weak, default, 1);
        using var strong = new Mat();
        Cv2.Compare(weak, new Scalar(StrongDifference), strong, CmpTypes.GT);
        Cv2.Compare(weak, new Scalar(WeakDifference), weak, CmpTypes.GT);
        var radius = fine.Width * fine.Height / Math.Max(fine.Width, fine.Height) / 16;
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * radius) + 1, (2 * radius) + 1));
        using var closed = new Mat();
        Cv2.CopyMakeBorder(mask, closed, radius, radius, radius, radius, BorderTypes.Constant, Scalar.All(0));
        Cv2.MorphologyEx(closed, closed, MorphTypes.Close, disc);
        using var inner = new Mat(closed, new Rect(radius, radius, mask.Cols, mask.Rows));
        using var more = inner & weak;
        using var around = new Mat();
        Cv2.Dilate(mask, around, disc);
        using var missed = around & strong;
        Cv2.BitwiseOr(mask, more, mask);
        Cv2.BitwiseOr(mask, missed, mask);
    }
}
