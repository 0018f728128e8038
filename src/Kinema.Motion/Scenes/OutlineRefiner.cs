using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Cuts once more, at a finer size and near the outline only, so that the edge lies where the picture has it.</summary>
internal static class OutlineRefiner
{
    private const int LongSide = 640;
    private const int Rounds = 2;
    private const double PlainEnough = 0.6;
    private const double NotQuiteAlike = 2.2;
    private const double Unlike = 4;

    /// <param name="plainness">Of the backcloth, 0 to 1.</param>
    public static Mat Refine(Mat picture, Mat mask, double plainness, CancellationToken ct)
    {
        using var fine = SmallPicture.Of(picture, LongSide);
        using var guess = new Mat();
        Cv2.Resize(mask, guess, fine.Colour.Size(), interpolation: InterpolationFlags.Linear);
        Cv2.Threshold(guess, guess, 127, 255, ThresholdTypes.Binary);
        // A slender figure has lost its ends at the small size; it also has room around it to look for them.
        var slender = Cv2.CountNonZero(mask) < 0.06 * mask.Rows * mask.Cols;
        var reach = Math.Max(2, (int)Math.Round((slender ? 4 : 2.2) * fine.Width / mask.Width));
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * reach) + 1, (2 * reach) + 1));
        using var inside = new Mat();
        using var near = new Mat();
        using var core = Cv2.GetStructuringElement(MorphShapes.Ellipse, slender ? new Size(5, 5) : disc.Size());
        Cv2.Erode(guess, inside, core);
        Cv2.Dilate(guess, near, disc);
        using var seeds = new Mat(guess.Size(), MatType.CV_8UC1, new Scalar((int)GrabCutClasses.BGD));
        seeds.SetTo(new Scalar((int)GrabCutClasses.PR_BGD), near);
        seeds.SetTo(new Scalar((int)GrabCutClasses.PR_FGD), guess);
        seeds.SetTo(new Scalar((int)GrabCutClasses.FGD), inside);
        ct.ThrowIfCancellationRequested();
        var refined = GraphCut.Run(fine.Colour, seeds, Rounds);
        if (plainness > PlainEnough)
            Mend(refined, fine);
        MaskCleaner.Clean(refined);
        return refined;
    }

    /// <summary>What was missed and is unlike the backcloth is added; notches where the figure looks almost like it are closed as well.</summary>
    private static void Mend(Mat mask, SmallPicture fine)
    {
        using var backcloth = Backcloth.Of(fine);
        using var unlike = new Mat();
        Cv2.GaussianBlur(backcloth.Difference, unlike, default, 1);
        using var plainly = new Mat();
        Cv2.Compare(unlike, new Scalar(Unlike), plainly, CmpTypes.GT);
        Cv2.Compare(unlike, new Scalar(NotQuiteAlike), unlike, CmpTypes.GT);
        var reach = fine.Width * fine.Height / Math.Max(fine.Width, fine.Height) / 16;
        using var disc = Cv2.GetStructuringElement(MorphShapes.Ellipse, new Size((2 * reach) + 1, (2 * reach) + 1));
        using var closed = new Mat();
        Cv2.CopyMakeBorder(mask, closed, reach, reach, reach, reach, BorderTypes.Constant, Scalar.All(0));
        Cv2.MorphologyEx(closed, closed, MorphTypes.Close, disc);
        using var inner = new Mat(closed, new Rect(reach, reach, mask.Cols, mask.Rows));
        using var more = inner & unlike;
        using var around = new Mat();
        Cv2.Dilate(mask, around, disc);
        using var missed = around & plainly;
        Cv2.BitwiseOr(mask, more, mask);
        Cv2.BitwiseOr(mask, missed, mask);
    }
}
