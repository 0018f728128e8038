using OpenCvSharp;

namespace Kinema.Motion.Tests.FirstLastFrame;

/// <summary>Pairs of pictures with a known middle frame.</summary>
internal static class SyntheticScenes
{
    private static readonly Size _frame = new(800, 450);

    public static PicturePair Make(string move)
    {
        using var scene = PicturePair.Photograph("raccoon-1024x768.jpg", 1200, 900);
        switch (move)
        {
            case "shift":
                return PicturePair.OfLooks(scene, _frame, PicturePair.At(-70, 10), PicturePair.At(0, 0), PicturePair.At(70, -10));
            case "zoom":
                return PicturePair.OfLooks(scene, _frame,
                    PicturePair.At(0, 0, 1.25, -6), PicturePair.At(0, 0, Math.Sqrt(1.25 * 0.8), 0), PicturePair.At(0, 0, 0.8, 6));
            case "far":
                return PicturePair.OfLooks(scene, _frame, PicturePair.At(-150, 0), PicturePair.At(0, 0), PicturePair.At(150, 0));
            case "leaving":
                // Cut by the edge; the reference frame is at two thirds of the transition.
                return new(WithFigure(40), WithFigure(-50), WithFigure(-20));
            default:
                using (var still = PicturePair.Photograph("rocket-640x427.jpg", 800, 450))
                    return new(With(still, 200), With(still, 380), With(still, 290));
        }
    }

    /// <summary>A disc in front of a picture, whole or cut by its left edge.</summary>
    public static Mat WithFigure(int x)
    {
        using var still = PicturePair.Photograph("rocket-640x427.jpg", 800, 450);
        return With(still, x);
    }

    private static Mat With(Mat still, int x)
    {
        using var cat = PicturePair.Photograph("astronaut-512x512.png", 160, 160);
        using var mask = new Mat(cat.Size(), MatType.CV_8UC1, Scalar.Black);
        Cv2.Circle(mask, 80, 80, 75, Scalar.White, -1, LineTypes.AntiAlias);
        var frame = still.Clone();
        var (seen, cut) = (new Rect(x, 160, 160, 160) & new Rect(0, 0, frame.Width, frame.Height), Math.Max(0, -x));
        using Mat there = new(frame, seen), part = new(cat, new Rect(cut, 0, seen.Width, 160)), shown = new(mask, new Rect(cut, 0, seen.Width, 160));
        part.CopyTo(there, shown);
        return frame;
    }
}
