namespace Kinema.Motion.Scenes;

/// <summary>Alternative foreground probabilities of each region, 0 to 1. No single one is right for every picture.</summary>
internal static class ForegroundPriors
{
    private const double MinUniformity = 0.15;

    public static IReadOnlyList<float[]> Of(Superpixels regions, Saliency saliency, DepthCue focus, bool[] sky, BackgroundModel background)
    {
        var centre = CentrePrior(regions, 0.3f);
        var geodesic = saliency.Geodesic;
        List<float[]> priors =
        [
            Normalised(i => saliency.Contrast[i] * (0.35f + (0.65f * centre[i])) * FocusWeight(i)),
            Normalised(i => geodesic[i] * (0.5f + (0.5f * centre[i])) * FocusWeight(i)),
            Normalised(i => 0.25f + (0.35f * centre[i])),
        ];
        if (focus.Reliability > 0.25)
            priors.Add(Normalised(i => focus.Nearness[i] * (0.4f + (0.6f * centre[i]))));
        if (background.Uniformity > MinUniformity)
        {
            var differences = regions.Mean(background.Difference);
            priors.Add([.. differences.Select(value => Math.Clamp((value - 2) / 16, 0, 1))]);
        }

        return priors;

        float FocusWeight(int i) => 1 + ((float)focus.Reliability * ((1.4f * focus.Nearness[i]) - 0.7f));

        float[] Normalised(Func<int, float> prior)
        {
            var values = Enumerable.Range(0, regions.Count).Select(i => sky[i] ? 0 : prior(i)).ToArray();
            var top = Math.Max(1e-6f, values.Max());
            return [.. values.Select(value => Math.Clamp(value / top, 0, 1))];
        }
    }

    private static float[] CentrePrior(Superpixels regions, float spread) => [.. Enumerable.Range(0, regions.Count).Select(i =>
    {
        var (dx, dy) = (regions.X[i] - 0.5f, regions.Y[i] - 0.52f);
        return MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * spread * spread));
    })];
}
