using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Finds the figure: several guesses of where it is seed a graph cut each, and the cut with the clearest outline wins.</summary>
internal static class FigureFinder
{
    private const int Rounds = 3;
    private const int LongSide = 240;
    private const double Trusted = 0.6;
    private const double Alike = 0.8;

    public static Figure Find(SmallPicture picture, Superpixels regions, IReadOnlyList<float[]> guesses, CancellationToken ct)
    {
        using var tiny = SmallPicture.Of(picture.Colour, LongSide);
        using var backcloth = Backcloth.Of(tiny);
        using var contours = Contours.Of(tiny);
        Mat[] masks = [.. guesses.Select(_ => new Mat()), backcloth.Before(), contours.Inside.Clone()];
        try
        {
            Parallel.For(0, guesses.Count, new ParallelOptions { CancellationToken = ct }, i =>
            {
                using var seeds = Seeds(tiny, regions, guesses[i]);
                using var mask = GraphCut.Run(tiny.Colour, seeds, Rounds);
                MaskCleaner.Clean(mask);
                mask.CopyTo(masks[i]);
            });

            var judged = masks.Select((mask, i) => Judge(mask, i)).ToArray();
            var best = Array.IndexOf(judged, judged.Max());
            var witnessed = (backcloth.Plainness > Trusted && backcloth.Agreement(masks[best]) > Alike) || (contours.Certainty > Trusted && contours.Agreement(masks[best]) > Alike);
            return new Figure(masks[best].Clone(), Math.Clamp(judged[best], 0, 1), witnessed);
        }
        finally
        {
            Array.ForEach(masks, mask => mask.Dispose());
        }

        double Judge(Mat mask, int own)
        {
            var clarity = Math.Min(1, FigureJudge.Clarity(tiny, mask) * (0.65 + (0.45 * Support(masks, own))));
            clarity = Agree(clarity, contours.Agreement(mask), contours.Certainty * (1 - backcloth.Plainness));
            return Agree(clarity, backcloth.Agreement(mask), backcloth.Plainness);
        }
    }

    /// <summary>A witness that knows where the figure is, plainly or by its sharp outline: a cut that leaves some of that out, or takes more, is not all of it.</summary>
    private static double Agree(double clarity, double agreement, double trust)
    {
        var whole = Math.Clamp((agreement - 0.55) / 0.4, 0, 1);
        return clarity == 0 ? 0 : ((1 - trust) * clarity) + (trust * ((0.35 * clarity) + (0.65 * whole)));
    }

    /// <summary>The best overlap with what another guess led to: two roads to one outline make it likely.</summary>
    private static double Support(Mat[] masks, int own)
    {
        var best = 0.0;
        for (var other = 0; other < masks.Length; other++)
        {
            if (other == own)
                continue;
            using var both = masks[own] & masks[other];
            using var either = masks[own] | masks[other];
            best = Math.Max(best, Cv2.CountNonZero(both) / (double)Math.Max(1, Cv2.CountNonZero(either)));
        }

        return best;
    }

    private static Mat Seeds(SmallPicture picture, Superpixels regions, float[] guess)
    {
        using var map = regions.Paint(guess);
        var threshold = Threshold(map);
        var sure = threshold + ((1 - threshold) * 0.6f);
        using var fitted = new Mat();
        Cv2.Resize(map, fitted, picture.Colour.Size(), interpolation: InterpolationFlags.Area);
        fitted.GetArray(out float[] values);
        var seeds = new Mat(fitted.Size(), MatType.CV_8UC1);
        seeds.SetArray(Array.ConvertAll(values, value => (byte)(value > sure ? GrabCutClasses.FGD
            : value > threshold ? GrabCutClasses.PR_FGD
            : value < threshold * 0.2f ? GrabCutClasses.BGD
            : GrabCutClasses.PR_BGD)));
        return seeds;
    }

    private static float Threshold(Mat map)
    {
        using var bytes = new Mat();
        using var unused = new Mat();
        map.ConvertTo(bytes, MatType.CV_8UC1, 255);
        return (float)Math.Clamp(Cv2.Threshold(bytes, unused, 0, 255, ThresholdTypes.Otsu) / 255, 0.15, 0.7);
    }
}
