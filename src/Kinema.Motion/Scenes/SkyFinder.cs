using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Finds what hangs together with the upper edge, is smooth and is not earthen: the sky, or a plain backdrop, which is as far.</summary>
internal static class SkyFinder
{
    private const float Smooth = 0.02f;
    private const float Step = 7;

    public static bool[] Find(SmallPicture picture, Superpixels regions)
    {
        using var fine = new Mat();
        Cv2.GaussianBlur(picture.Grey, fine, default, 2);
        Cv2.Absdiff(picture.Grey, fine, fine);
        var rough = regions.Mean(fine);
        var sky = new bool[regions.Count];
        var queue = new Queue<int>();
        for (var i = 0; i < regions.Count; i++)
        {
            if (regions.SideContact[i] > 0 && regions.Y[i] < 0.12 && Airy(i))
            {
                sky[i] = true;
                queue.Enqueue(i);
            }
        }

        while (queue.TryDequeue(out var at))
        {
            foreach (var next in regions.Neighbours[at])
            {
                if (sky[next] || !Airy(next) || regions.Difference(at, next) > Step)
                    continue;
                sky[next] = true;
                queue.Enqueue(next);
            }
        }

        return sky;

        // Warm, saturated or dark neutral colours are walls and earth.
        bool Airy(int i) => rough[i] < Smooth && regions.B[i] < 12 && regions.A[i] < 14 && (regions.L[i] > 45 || regions.B[i] < -6);
    }
}
