using Kinema.Motion.Scenes;
using OpenCvSharp;

namespace Kinema.Motion.Tests.Support;

/// <summary>
/// A scene of planes at known depth: noise patches in front of a noise wall, one in each corner, and a place at an edge where the wall is visible.
/// </summary>
internal static class PlaneScene
{
    public const int Width = 640;
    public const int Height = 480;
    private const int Side = 130;

    /// <summary>The measured point of each plane, the wall first, in fractions of the picture.</summary>
    public static IReadOnlyList<(double X, double Y)> Places { get; } = [(0.5, 0.2), (0.27, 0.27), (0.73, 0.27), (0.27, 0.73), (0.73, 0.73)];

    public static Scene Of(IReadOnlyList<double> inverseDepths, double confidence = 1)
    {
        List<Layer> layers = [new(Grain(7), null, InverseDepth.Flat(inverseDepths[0]))];
        // The nearest last: the rearmost layer comes first.
        foreach (var i in Enumerable.Range(1, inverseDepths.Count - 1).OrderBy(i => inverseDepths[i]))
        {
            var matte = new Mat(Height, Width, MatType.CV_8UC1, Scalar.All(0));
            var (x, y) = ((int)(Places[i].X * Width), (int)(Places[i].Y * Height));
            Cv2.Rectangle(matte, new Rect(x - (Side / 2), y - (Side / 2), Side, Side), Scalar.All(255), -1);
            Cv2.GaussianBlur(matte, matte, new Size(0, 0), 1);
            layers.Add(new(Grain(7 + (ulong)i), matte, InverseDepth.Flat(inverseDepths[i])));
        }

        return new(layers, new SceneAnalysis("cues", confidence, new Subject(0.5, 0.5, 0.5, Found: true), []));
    }

    private static Mat Grain(ulong seed)
    {
        var random = new RNG(seed);
        var grain = new Mat(Height, Width, MatType.CV_8UC3);
        random.Fill(grain, DistributionType.Uniform, Scalar.All(0), Scalar.All(255));
        Cv2.GaussianBlur(grain, grain, new Size(0, 0), 2.5);
        Cv2.Normalize(grain, grain, 20, 235, NormTypes.MinMax);
        return grain;
    }
}
