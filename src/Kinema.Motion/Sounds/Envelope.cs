namespace Kinema.Motion.Sounds;

/// <summary>How loud a sound is at each frame of a video, as an ear would say: 0 for silence, 1 for as loud as the sound gets.</summary>
internal static class Envelope
{
    /// <summary>Below the loudest by this much a sound counts as silence, decibels.</summary>
    private const double Range = 40;

    /// <summary>Quieter than this all over, there is nothing to follow; decibels below full scale.</summary>
    private const double Audible = -60;

    /// <summary>Standard deviation of the smoothing: a camera has weight and does not follow single beats; seconds.</summary>
    private const double Weight = 0.2;

    /// <param name="samples">One channel, -1 to 1; where it ends early, silence follows.</param>
    public static float[] Of(ReadOnlySpan<float> samples, int samplesPerSecond, int frames, int framesPerSecond)
    {
        var levels = new double[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var from = (int)Math.Min(samples.Length, (long)frame * samplesPerSecond / framesPerSecond);
            var to = (int)Math.Min(samples.Length, ((long)frame + 1) * samplesPerSecond / framesPerSecond);
            var power = 0.0;
            foreach (var sample in samples[from..to])
                power += sample * sample;
            levels[frame] = 10 * Math.Log10((power / Math.Max(1, to - from)) + 1e-12);
        }

        var loudest = levels.Max();
        return loudest < Audible ? new float[frames] : Smooth([.. levels.Select(level => Math.Max(0, 1 + ((level - loudest) / Range)))], Weight * framesPerSecond);
    }

    private static float[] Smooth(double[] values, double deviation)
    {
        var reach = (int)Math.Ceiling(3 * deviation);
        var smooth = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (sum, weights) = (0.0, 0.0);
            for (var j = Math.Max(0, i - reach); j <= Math.Min(values.Length - 1, i + reach); j++)
            {
                var weight = Math.Exp(-(j - i) * (j - i) / (2 * deviation * deviation));
                (sum, weights) = (sum + (values[j] * weight), weights + weight);
            }

            smooth[i] = (float)(sum / weights);
        }

        return smooth;
    }
}
