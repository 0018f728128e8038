using Kinema.Motion.Threads;
using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Segments the foreground object: each prior seeds a GrabCut, and the mask with the best score wins.</summary>
internal static class ForegroundSegmenter
{
    private const int GrabCutIterations = 3;
    private const int LongSide = 240;
    private const double MinReliability = 0.6;
    private const double MinAgreement = 0.8;

    public static ForegroundObject Segment(AnalysisImage picture, Superpixels regions, IReadOnlyList<float[]> priors, CancellationToken ct)
    {
        using var tiny = AnalysisImage.Of(picture.Colour, LongSide);
        using var background = BackgroundModel.Of(tiny);
        using var contours = Contours.Of(tiny);
        Mat[] masks = [.. priors.Select(_ => new Mat()), background.ForegroundMask(), contours.Inside.Clone()];
        try
        {
            Parallel.For(0, priors.Count, SameThreads.Options(ct), i =>
            {
                using var seeds = Seeds(tiny, regions, priors[i]);
                using var mask = GraphCut.Run(tiny.Colour, seeds, GrabCutIterations);
                MaskCleaner.Clean(mask);
                mask.CopyTo(masks[i]);
            });

            var scores = masks.Select((mask, i) => Score(mask, i)).ToArray();
            var best = Array.IndexOf(scores, scores.Max());
            var isConfirmed = (background.Uniformity > MinReliability && background.Agreement(masks[best]) > MinAgreement) || (contours.Certainty > MinReliability && contours.Agreement(masks[best]) > MinAgreement);
            return new ForegroundObject(masks[best].Clone(), Math.Clamp(scores[best], 0, 1), isConfirmed);
        }
        finally
        {
            Array.ForEach(masks, mask => mask.Dispose());
        }

        double Score(Mat mask, int index)
        {
            var score = Math.Min(1, SegmentationScore.Of(tiny, mask) * (0.65 + (0.45 * BestOverlap(masks, index))));
            score = Weigh(score, contours.Agreement(mask), contours.Certainty * (1 - background.Uniformity));
            return Weigh(score, background.Agreement(mask), background.Uniformity);
        }
    }

    /// <summary>Weighs a score by the overlap with an independent estimate. A mask that misses part of the estimate, or exceeds it, is incomplete.</summary>
    private static double Weigh(double score, double agreement, double reliability)
    {
        var completeness = Math.Clamp((agreement - 0.55) / 0.4, 0, 1);
        return score == 0 ? 0 : ((1 - reliability) * score) + (reliability * ((0.35 * score) + (0.65 * completeness)));
    }

    /// <summary>The best overlap with the mask of another prior. Agreement of independent priors makes a mask likely.</summary>
    private static double BestOverlap(Mat[] masks, int index)
    {
        var best = 0.0;
        for (var other = 0; other < masks.Length; other++)
        {
            if (other == index)
                continue;
            using var both = masks[index] & masks[other];
            using var either = masks[index] | masks[other];
            best = Math.Max(best, Cv2.CountNonZero(both) / (double)Math.Max(1, Cv2.CountNonZero(either)));
        }

        return best;
    }

    private static Mat Seeds(AnalysisImage picture, Superpixels regions, float[] prior)
    {
        using var map = regions.Paint(prior);
        var threshold = Threshold(map);
        var certain = threshold + ((1 - threshold) * 0.6f);
        using var fitted = new Mat();
        Cv2.Resize(map, fitted, picture.Colour.Size(), interpolation: InterpolationFlags.Area);
        fitted.GetArray(out float[] values);
        var seeds = new Mat(fitted.Size(), MatType.CV_8UC1);
        seeds.SetArray(Array.ConvertAll(values, value => (byte)(value > certain ? GrabCutClasses.FGD
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
