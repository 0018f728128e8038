using OpenCvSharp;
using OpenCvSharp.XImgProc;

namespace Kinema.Motion.Scenes;

/// <summary>Combines monocular depth cues to one depth map of the background, weighted by reliability.</summary>
internal static class DepthCueFusion
{
    /// <returns>Inverse depth as a 32 bit map at analysis size, and the agreement of the cues, 0 to 1.</returns>
    public static (Mat Depth, double Agreement) Combine(AnalysisImage picture, Superpixels regions, IReadOnlyList<DepthCue> cues)
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

    /// <summary>Smooths the depth map along the edges of the picture (fast global smoother).</summary>
    private static Mat Refine(AnalysisImage picture, Superpixels regions, float[] values)
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
