using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Separates foreground and background by colour and edges, from initial classes (GrabCut).</summary>
internal static class GraphCut
{
    /// <param name="colour">8 bit, three channels.</param>
    /// <param name="initial">8 bit <see cref="GrabCutClasses"/> for each pixel; not changed.</param>
    /// <returns>255 on the foreground.</returns>
    public static Mat Run(Mat colour, Mat initial, int iterations)
    {
        using var classes = initial.Clone();
        initial.GetArray(out byte[] seeds);
        var foregroundCount = seeds.Count(IsForeground);
        if (foregroundCount > 8 && foregroundCount < seeds.Length - 8)
        {
            // OpenCV initialises its colour clusters from a random generator per thread. The same picture must give the same mask.
            Cv2.SetTheRNG(1);
            using var backgroundModel = new Mat();
            using var foregroundModel = new Mat();
            Cv2.GrabCut(colour, classes, default, backgroundModel, foregroundModel, iterations, GrabCutModes.InitWithMask);
        }

        // Both foreground classes are odd numbers.
        var mask = new Mat();
        using var odd = new Mat();
        Cv2.BitwiseAnd(classes, new Scalar(1), odd);
        Cv2.Compare(odd, new Scalar(0), mask, CmpTypes.GT);
        return mask;
    }

    private static bool IsForeground(byte seed) => (seed & 1) == 1;
}
