namespace Kinema.Motion.Scenes;

/// <summary>The height of the horizon.</summary>
/// <param name="Y">Fraction of the picture's height.</param>
/// <param name="Certainty">0 (default) to 1.</param>
internal readonly record struct Horizon(double Y, double Certainty)
{
    private const double DefaultY = 0.3;

    public static Horizon Of(AnalysisImage picture, Superpixels regions, bool[] sky)
    {
        double area = 0, lowest = 0;
        for (var i = 0; i < regions.Count; i++)
        {
            if (!sky[i])
                continue;
            area += (double)regions.Areas[i] / regions.Labels.Length;
            lowest = Math.Max(lowest, regions.Y[i]);
        }

        if (area < 0.06)
            return VanishingPoint.Of(picture) is { Certainty: > 0.3 } point ? new Horizon(Math.Clamp(point.Y, 0.05, 0.7), 0.7 * point.Certainty) : new Horizon(DefaultY, 0);
        return new Horizon(Math.Clamp(lowest, 0.1, 0.9), Math.Clamp(area * 4, 0, 1) * (lowest > 0.92 ? 0.3 : 0.8));
    }
}
