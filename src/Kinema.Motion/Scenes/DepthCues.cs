using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace Kinema.Motion.Scenes;

/// <summary>The distances of what surrounds the figure, from every hint that the picture gives, each weighed by its own reliability.</summary>
internal static class DepthCues
{
    /// <returns>Inverse depth as 32 bit map of the small picture, and how far the hints agree, 0 to 1.</returns>
    public static (Mat Depth, double Agreement) Combine(SmallPicture picture, Superpixels regions, IReadOnlyList<Cue> cues)
    {
        var combined = new float[regions.Count];
        double disagreement = 0, evidence = 0;
        for (var i = 0; i < regions.Count; i++)
        {
            double sum = 0, total = 1e-6, squares = 0;
            foreach (var cue in cues)
            {
                var weight = cue.Reliability * cue.Weight[i];
                sum += weight * cue.Nearness[i];
                squares += weight * cue.Nearness[i] * cue.Nearness[i];
                total += weight;
            }

            combined[i] = (float)(sum / total);
            var share = (double)regions.Areas[i] / regions.Labels.Length;
            disagreement += share * Math.Sqrt(Math.Max(0, (squares / total) - (combined[i] * combined[i])));
            evidence += share * Math.Min(1, total);
        }

        return (Refine(picture, regions, combined), Math.Clamp(evidence * (1 - (3 * disagreement)), 0, 1));
    }

    /// <summary>Depth changes where the picture does, and is smooth elsewhere.</summary>
    private static Mat Refine(SmallPicture picture, Superpixels regions, float[] values)
    {
        using var blocks = regions.Paint(values);
        var depth = new Mat();
        CvXImgProc.FastGlobalSmootherFilter(picture.Colour, blocks, depth, 900, 12);
        Cv2.Max(depth, new Scalar(0), depth);
        Cv2.Min(depth, new Scalar(1), depth);
        Cv2.PatchNaNs(depth);
        return depth;
    }
}
