using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Cuts once more, at a finer size and near the outline only, so that the edge lies where the picture has it.</summary>
internal static class OutlineRefiner
{
    private const int LongSide = 640;
    private const int Rounds = 2;

    public static Mat Refine(Mat picture, Mat mask, CancellationToken ct)
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
        MaskCleaner.Clean(refined);
        return refined;
    }
}
