namespace Kinema.Motion.Scenes;

/// <summary>Different reasons to take a region for part of the figure, 0 to 1 each. None is right for every picture.</summary>
internal static class Guesses
{
    private const double LeastPlainness = 0.15;

    public static IReadOnlyList<float[]> Of(Superpixels regions, Saliency saliency, Cue focus, bool[] sky, Backcloth backcloth)
    {
        var middle = Middle(regions, 0.3f);
        var apart = saliency.Apart;
        List<float[]> guesses =
        [
            Weigh(i => saliency.Standing[i] * (0.35f + (0.65f * middle[i])) * Sharp(i)),
            Weigh(i => apart[i] * (0.5f + (0.5f * middle[i])) * Sharp(i)),
            Weigh(i => 0.25f + (0.35f * middle[i])),
        ];
        if (focus.Reliability > 0.25)
            guesses.Add(Weigh(i => focus.Nearness[i] * (0.4f + (0.6f * middle[i]))));
        if (backcloth.Plainness > LeastPlainness)
        {
            var unlike = regions.Mean(backcloth.Difference);
            guesses.Add([.. unlike.Select(value => Math.Clamp((value - 2) / 16, 0, 1))]);
        }

        return guesses;

        float Sharp(int i) => 1 + ((float)focus.Reliability * ((1.4f * focus.Nearness[i]) - 0.7f));

        float[] Weigh(Func<int, float> guess)
        {
            var values = Enumerable.Range(0, regions.Count).Select(i => sky[i] ? 0 : guess(i)).ToArray();
            var top = Math.Max(1e-6f, values.Max());
            return [.. values.Select(value => Math.Clamp(value / top, 0, 1))];
        }
    }

    private static float[] Middle(Superpixels regions, float spread) => [.. Enumerable.Range(0, regions.Count).Select(i =>
    {
        var (dx, dy) = (regions.X[i] - 0.5f, regions.Y[i] - 0.52f);
        return MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * spread * spread));
    })];
}
