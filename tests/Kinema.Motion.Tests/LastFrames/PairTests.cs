using System.Diagnostics;
using OpenCvSharp;

namespace Kinema.Motion.Tests.LastFrames;

public sealed class PairTests
{
    private static readonly Size Frame = new(800, 450);

    [Theory]
    [InlineData("shift")]
    [InlineData("zoom")]
    [InlineData("figure")]
    [InlineData("far")]
    public void Halfway_is_much_closer_to_the_truth_than_a_dissolve(string move)
    {
        using var pair = Make(move);
        var watch = Stopwatch.StartNew();
        pair.Analyse();
        var took = watch.ElapsedMilliseconds;
        using Mat frame = pair.Paint(0.5), dissolve = pair.Dissolved();
        var (ours, plain) = (Cv2.PSNR(frame, pair.Middle!), Cv2.PSNR(dissolve, pair.Middle!));
        TestContext.Current.TestOutputHelper?.WriteLine($"{move}: {pair.Analysis.Kind} {pair.Analysis.Reason} {pair.Analysis.Fit.Kind} {pair.Analysis.Fit.Matches}/{pair.Analysis.Fit.Inliers}\n overlap {pair.Analysis.Flow?.Overlap:F2} agree {pair.Analysis.Flow?.Agreement:F2} cam {pair.Analysis.Flow?.CameraAgreement:F2} moving {pair.Analysis.Flow?.Moving:F3} far {pair.Analysis.Flow?.Farthest:F3} approach {pair.Analysis.Camera?.Approach:F3}; {ours:F1} against {plain:F1} dB, {took} ms");
        var sheet = Environment.GetEnvironmentVariable("SHEET");
        if (sheet is not null)
        {
            using var all = new Mat();
            using var low = new Mat();
            List<Mat> parts = [.. new[] { 0, 0.25, 0.5, 0.75, 1 }.Select(pair.Paint), pair.Middle!];
            using Mat top = new(), bottom = new();
            Cv2.HConcat(parts[..3], top);
            Cv2.HConcat(parts[3..], bottom);
            Cv2.VConcat(top, bottom, all);
            Cv2.Resize(all, low, new Size(), 0.6, 0.6, InterpolationFlags.Area);
            Cv2.ImWrite(Path.Combine(sheet, move + ".png"), low);
        }
        (ours - plain).ShouldBeGreaterThan(6);
    }

    private static Pair Make(string move)
    {
        var scene = Pair.Photograph("raccoon-1024x768.jpg", 1200, 900);
        switch (move)
        {
            case "shift":
                return Pair.OfLooks(scene, Frame, Pair.At(-70, 10), Pair.At(0, 0), Pair.At(70, -10));
            case "zoom":
                return Pair.OfLooks(scene, Frame, Pair.At(0, 0, 1.25, -6), Pair.At(0, 0, Math.Sqrt(1.25 * 0.8), 0), Pair.At(0, 0, 0.8, 6));
            case "far":
                return Pair.OfLooks(scene, Frame, Pair.At(-150, 0), Pair.At(0, 0), Pair.At(150, 0));
            default:
                var still = Pair.Photograph("rocket-640x427.jpg", 800, 450);
                return new(With(still, 200), With(still, 380), With(still, 290));
        }
    }

    /// <summary>The cat's face in a disc before the picture.</summary>
    private static Mat With(Mat still, int x)
    {
        using var cat = Pair.Photograph("astronaut-512x512.png", 160, 160);
        using var mask = new Mat(cat.Size(), MatType.CV_8UC1, Scalar.Black);
        Cv2.Circle(mask, 80, 80, 75, Scalar.White, -1, LineTypes.AntiAlias);
        var frame = still.Clone();
        using var there = new Mat(frame, new Rect(x, 160, 160, 160));
        cat.CopyTo(there, mask);
        return frame;
    }
}
