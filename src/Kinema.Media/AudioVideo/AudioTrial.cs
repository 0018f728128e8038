namespace Kinema.Media.AudioVideo;

/// <summary>Result of decoding an audio stream: actual samples and times, in contrast to what the container declares.</summary>
internal sealed record AudioTrial
{
    /// <summary>Shorter gaps are rounding; the resampler closes them without silence, seconds.</summary>
    private const double LeastGap = 0.1;

    public long Samples { get; private init; }

    /// <summary>Total length of gaps that become silence, seconds.</summary>
    public double LostSeconds { get; private init; }

    /// <summary>Whether more audio is missing than present.</summary>
    public bool IsMostlyLost { get; private init; }

    /// <param name="lines">ffprobe's output, see <see cref="ProbeLine"/>.</param>
    /// <param name="sampleRate">Hz.</param>
    public static AudioTrial Read(string lines, int sampleRate)
    {
        var (lost, end, samples) = (0.0, double.NaN, 0L);
        foreach (var line in lines.AsSpan().EnumerateLines())
        {
            if (ProbeLine.Read(line) is not { IsPacket: false } frame)
                continue;

            samples += frame.Samples;
            if (frame.Time is not { } time)
                continue;
            if (time - end > LeastGap)
                lost += time - end;
            end = time + (frame.Samples / (double)sampleRate);
        }

        return new AudioTrial { Samples = samples }.WithLost(lost, sampleRate);
    }

    /// <param name="seconds">Total missing audio, seconds.</param>
    public AudioTrial WithLost(double seconds, int sampleRate) =>
        this with { LostSeconds = Math.Round(seconds, 3), IsMostlyLost = seconds > Samples / (double)sampleRate };
}
