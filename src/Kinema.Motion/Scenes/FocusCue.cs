using OpenCvSharp;

namespace Kinema.Motion.Scenes;

/// <summary>The defocus cue: sharp regions are near, blurred regions are mostly behind them.</summary>
/// <remarks>The ratio of fine to coarse detail falls with blur, independent of contrast. Flat regions take the value of their neighbours.</remarks>
internal static class FocusCue
{
    public static DepthCue Of(AnalysisImage picture, Superpixels regions)
    {
        using var once = new Mat();
        using var twice = new Mat();
        Cv2.GaussianBlur(picture.Grey, once, default, 0.8);
        Cv2.GaussianBlur(picture.Grey, twice, default, 3.2);
        var fine = Energy(regions, picture.Grey, once);
        var coarse = Energy(regions, once, twice);
        var sharpness = new float[regions.Count];
        var weight = new float[regions.Count];
        for (var i = 0; i < regions.Count; i++)
        {
            sharpness[i] = fine[i] / (coarse[i] + 0.004f);
            weight[i] = Math.Clamp((coarse[i] - 0.006f) / 0.03f, 0.001f, 1);
        }

        Propagate(regions, sharpness, weight);
        var order = sharpness.Order().ToArray();
        var (low, high) = (order[order.Length / 12], order[order.Length * 11 / 12]);
        var nearness = new float[regions.Count];
        for (var i = 0; i < regions.Count; i++)
            nearness[i] = high > low ? Math.Clamp((sharpness[i] - low) / (high - low), 0, 1) : 0.5f;

        // A picture that is sharp everywhere varies in texture, not in focus. Only a wide range counts.
        return new DepthCue(nearness, weight, Math.Clamp(((high - low) / (high + 0.05)) - 0.45, 0, 0.5) * 2);
    }

    private static float[] Energy(Superpixels regions, Mat one, Mat other)
    {
        using var difference = new Mat();
        Cv2.Subtract(one, other, difference);
        Cv2.Multiply(difference, difference, difference);
        return [.. regions.Mean(difference).Select(MathF.Sqrt)];
    }

    private static void Propagate(Superpixels regions, float[] values, float[] weights)
    {
        var initial = (float[])values.Clone();
        for (var iteration = 0; iteration < 25; iteration++)
        {
            var next = new float[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var (sum, total) = (initial[i] * weights[i], weights[i]);
                foreach (var j in regions.Neighbours[i])
                {
                    var similarity = 0.3f * MathF.Exp(-regions.Difference(i, j) / 12);
                    sum += similarity * values[j];
                    total += similarity;
                }

                next[i] = sum / total;
            }

            next.CopyTo(values, 0);
        }
    }
}
