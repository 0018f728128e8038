using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The haze cue: haze brightens and desaturates distant regions, so the dark channel rises with distance.</summary>
/// <remarks>He, Sun, Tang 2009, "Single image haze removal using dark channel prior": transmission = 1 − ω · dark(I / A), depth = −ln transmission.</remarks>
internal static class HazeCue
{
    private const float Omega = 0.9f;

    public static DepthCue Of(AnalysisImage picture, Superpixels regions)
    {
        var channels = picture.Colour.Split();
        using var dark = new Mat();
        Cv2.Min(channels[0], channels[1], dark);
        Cv2.Min(dark, channels[2], dark);
        foreach (var channel in channels)
            channel.Dispose();
        using var disc = Cv2.GetStructuringElement(MorphShapes.Rect, new Size(7, 7));
        Cv2.Erode(dark, dark, disc);
        using var darkChannel = new Mat();
        dark.ConvertTo(darkChannel, MatType.CV_32FC1, 1 / 255.0);
        var mean = regions.Mean(darkChannel);
        var atmosphericLight = Math.Max(0.3f, mean.Order().ElementAt(mean.Length * 99 / 100));
        var nearness = mean.Select(value => Math.Clamp(1 + (MathF.Log(Math.Max(0.08f, 1 - (Omega * value / atmosphericLight))) / 2.3f), 0, 1)).ToArray();
        return new DepthCue(nearness, [.. nearness.Select(_ => 1f)], Reliability(regions, nearness));
    }

    /// <summary>The reliability, from the correlation of haze with height. A white shirt is not haze.</summary>
    private static double Reliability(Superpixels regions, float[] nearness)
    {
        double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
        for (var i = 0; i < regions.Count; i++)
        {
            var (x, y, w) = ((double)regions.Y[i], (double)nearness[i], (double)regions.Areas[i]);
            n += w;
            sx += w * x;
            sy += w * y;
            sxx += w * x * x;
            syy += w * y * y;
            sxy += w * x * y;
        }

        var spread = Math.Sqrt(Math.Max(1e-12, ((sxx / n) - (sx / n * sx / n)) * ((syy / n) - (sy / n * sy / n))));
        var correlation = ((sxy / n) - (sx / n * sy / n)) / spread;
        return Math.Clamp((correlation - 0.45) * 1.2, 0, 0.6);
    }
}
