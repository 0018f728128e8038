namespace Kinema.Motion.Audio;

/// <summary>The loudness envelope of audio at each frame of a video, on a decibel scale: 0 for silence, 1 for the loudest frame.</summary>
internal static class LoudnessEnvelope
{
    /// <summary>Level below the loudest frame that counts as silence, decibels.</summary>
    private const double RangeDecibels = 40;

    /// <summary>Peak level below which the audio has no effect, decibels relative to full scale.</summary>
    private const double MinPeakDecibels = -60;

    /// <summary>Standard deviation of the smoothing, seconds. A camera has inertia and does not follow single beats.</summary>
    private const double SmoothingSeconds = 0.2;

    /// <param name="samples">One channel, -1 to 1; silence follows an early end.</param>
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
        return loudest < MinPeakDecibels ? new float[frames] : Smooth([.. levels.Select(level => Math.Max(0, 1 + ((level - loudest) / RangeDecibels)))], SmoothingSeconds * framesPerSecond);
    }

    private static float[] Smooth(double[] values, double deviation)
    {
        var radius = (int)Math.Ceiling(3 * deviation);
        var smooth = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (sum, weights) = (0.0, 0.0);
            for (var j = Math.Max(0, i - radius); j <= Math.Min(values.Length - 1, i + radius); j++)
            {
                var weight = Math.Exp(-(j - i) * (j - i) / (2 * deviation * deviation));
                (sum, weights) = (sum + (values[j] * weight), weights + weight);
            }

            smooth[i] = (float)(sum / weights);
        }

        return smooth;
    }
}
