namespace Kinema.Motion.Scenes;

/// <summary>Which regions a viewer takes for the figure: they stand out, are in focus, and lie towards the middle.</summary>
internal static class Prominence
{
    private const float Spread = 0.3f;

    public static float[] Of(Superpixels regions, float[] saliency, Cue focus, bool[] sky)
    {
        var prominence = new float[regions.Count];
        for (var i = 0; i < regions.Count; i++)
        {
            var (dx, dy) = (regions.X[i] - 0.5f, regions.Y[i] - 0.52f);
            var middle = MathF.Exp(-((dx * dx) + (dy * dy)) / (2 * Spread * Spread));
            var sharp = 1 + ((float)focus.Reliability * ((1.4f * focus.Nearness[i]) - 0.7f));
            prominence[i] = sky[i] ? 0 : saliency[i] * (0.35f + (0.65f * middle)) * sharp;
        }

        var top = prominence.Max();
        return top <= 0 ? prominence : [.. prominence.Select(value => Math.Clamp(value / top, 0, 1))];
    }
}
