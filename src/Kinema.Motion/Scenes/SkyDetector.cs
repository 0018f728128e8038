using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Detects the sky, or a plain backdrop at the same depth: smooth regions without earth colours, connected to the upper edge.</summary>
internal static class SkyDetector
{
    private const float MaxRoughness = 0.02f;
    private const float MaxColourStep = 7;

    public static bool[] Detect(AnalysisImage picture, Superpixels regions)
    {
        using var blurred = new Mat();
        Cv2.GaussianBlur(picture.Grey, blurred, default, 2);
        Cv2.Absdiff(picture.Grey, blurred, blurred);
        var rough = regions.Mean(blurred);
        var sky = new bool[regions.Count];
        var queue = new Queue<int>();
        for (var i = 0; i < regions.Count; i++)
        {
            if (regions.SideContact[i] > 0 && regions.Y[i] < 0.12 && IsSkyLike(i))
            {
                sky[i] = true;
                queue.Enqueue(i);
            }
        }

        while (queue.TryDequeue(out var at))
        {
            foreach (var next in regions.Neighbours[at])
            {
                if (sky[next] || !IsSkyLike(next) || regions.Difference(at, next) > MaxColourStep)
                    continue;
                sky[next] = true;
                queue.Enqueue(next);
            }
        }

        return sky;

        // Warm, saturated or dark neutral colours are walls and earth.
        bool IsSkyLike(int i) => rough[i] < MaxRoughness && regions.B[i] < 12 && regions.A[i] < 14 && (regions.L[i] > 45 || regions.B[i] < -6);
    }
}
