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
                return PicturePair.OfViews(scene, _frame, PicturePair.At(-70, 10), PicturePair.At(0, 0), PicturePair.At(70, -10));
            case "zoom":
                return PicturePair.OfViews(scene, _frame,
                    PicturePair.At(0, 0, 1.25, -6), PicturePair.At(0, 0, Math.Sqrt(1.25 * 0.8), 0), PicturePair.At(0, 0, 0.8, 6));
            case "far":
                return PicturePair.OfViews(scene, _frame, PicturePair.At(-150, 0), PicturePair.At(0, 0), PicturePair.At(150, 0));
            case "leaving":
                // Cut by the edge; the reference frame is at two thirds of the transition.
                return new(WithObject(40), WithObject(-50), WithObject(-20));
            default:
                using (var still = PicturePair.Photograph("rocket-640x427.jpg", 800, 450))
                    return new(Pasted(still, 200), Pasted(still, 380), Pasted(still, 290));
        }
    }

    /// <summary>A disc in front of a picture, whole or cut by its left edge.</summary>
    public static Mat WithObject(int x)
    {
        using var still = PicturePair.Photograph("rocket-640x427.jpg", 800, 450);
        return Pasted(still, x);
    }

    private static Mat Pasted(Mat still, int x)
    {
        using var cat = PicturePair.Photograph("astronaut-512x512.png", 160, 160);
        using var mask = new Mat(cat.Size(), MatType.CV_8UC1, Scalar.Black);
        Cv2.Circle(mask, 80, 80, 75, Scalar.White, -1, LineTypes.AntiAlias);
        var frame = still.Clone();
        var (visible, hidden) = (new Rect(x, 160, 160, 160) & new Rect(0, 0, frame.Width, frame.Height), Math.Max(0, -x));
        using Mat target = new(frame, visible), part = new(cat, new Rect(hidden, 0, visible.Width, 160)), partMask = new(mask, new Rect(hidden, 0, visible.Width, 160));
        part.CopyTo(target, partMask);
        return frame;
    }
}
