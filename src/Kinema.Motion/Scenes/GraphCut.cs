using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>Parts figure and ground by colour and edges, from a guess of where each is.</summary>
internal static class GraphCut
{
    /// <param name="colour">8 bit, three channels.</param>
    /// <param name="guess">8 bit <see cref="GrabCutClasses"/> for each pixel; not changed.</param>
    /// <returns>255 where the figure is.</returns>
    public static Mat Run(Mat colour, Mat guess, int rounds)
    {
        using var classes = guess.Clone();
        guess.GetArray(out byte[] seeds);
        var figures = seeds.Count(IsFigure);
        if (figures > 8 && figures < seeds.Length - 8)
        {
            // The clusters of colours start from random ones, drawn by each thread for itself; the same picture must give the same cut.
            Cv2.SetTheRNG(1);
            using var behind = new Mat();
            using var before = new Mat();
            Cv2.GrabCut(colour, classes, default, behind, before, rounds, GrabCutModes.InitWithMask);
        }

        // Both kinds of foreground are odd numbers.
        var mask = new Mat();
        using var odd = new Mat();
        Cv2.BitwiseAnd(classes, new Scalar(1), odd);
        Cv2.Compare(odd, new Scalar(0), mask, CmpTypes.GT);
        return mask;
    }

    private static bool IsFigure(byte seed) => (seed & 1) == 1;
}
