using System.Globalization;

namespace Kinema.Media.Timed;

/// <summary>What decoding a stream really gave: the truth behind what its container declares.</summary>
internal sealed record TrialDecode
{
    /// <summary>Shorter gaps in a sound are rounding; the resampler closes them without silence, seconds.</summary>
    private const double LeastGap = 0.1;

    public int Frames { get; private init; }

    /// <summary>When the last picture's showing ends, on the file's own clock, seconds.</summary>
    public double End { get; private init; }

    public long Samples { get; private init; }

    /// <summary>Gaps in a sound that are filled with silence, seconds.</summary>
    public double LostSeconds { get; private init; }

    /// <summary>Nobody would take what is left for the sound that was meant.</summary>
    public bool IsMostlyLost { get; private init; }

    /// <summary>The largest sides that came, as stored.</summary>
    public int Width { get; private init; }

    public int Height { get; private init; }

    /// <param name="lines">ffprobe's compact writing: one frame a line, <c>name=value</c> between bars.</param>
    /// <param name="audioSampleRate">Samples a second of a sound; 0 for pictures.</param>
    public static TrialDecode Read(string lines, int audioSampleRate)
    {
        var (lost, heardTo) = (0.0, double.NaN);
        var (frames, samples, width, height) = (0, 0L, 0, 0);
        var (latest, shown, earliest) = (double.MinValue, 0.0, double.MaxValue);
        foreach (var line in lines.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
                continue;

            frames++;
            double? at = null, lasts = null;
            var count = 0L;
            foreach (var part in line.Split('|'))
            {
                var entry = line[part];
                var equals = entry.IndexOf('=');
                if (equals < 0 || !double.TryParse(entry[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
                    continue;

                switch (entry[..equals])
                {
                    case "best_effort_timestamp_time": at = value; break;
                    // Releases before 6 call it by the first name, those from 7 by the second only.
                    case "pkt_duration_time" or "duration_time": lasts = value; break;
                    case "nb_samples": count = (long)value; break;
                    case "width": width = Math.Max(width, (int)value); break;
                    case "height": height = Math.Max(height, (int)value); break;
                }
            }

            samples += count;
            if (at is not { } time)
                continue;
            if (time - heardTo > LeastGap)
                lost += time - heardTo;
            if (audioSampleRate > 0)
                heardTo = time + (count / (double)audioSampleRate);
            earliest = Math.Min(earliest, time);
            if (time >= latest)
                (latest, shown) = (time, lasts ?? 0);
        }

        if (frames == 0)
            return new();

        // A last picture without a length is shown as long as the others were on average.
        if (shown <= 0 && frames > 1 && latest > earliest)
            shown = (latest - earliest) / (frames - 1);
        return new TrialDecode { Frames = frames, End = Math.Max(0, latest + shown), Samples = samples, Width = width, Height = height }
            .WithLost(lost, audioSampleRate);
    }

    /// <param name="seconds">What is known to be missing, in all.</param>
    public TrialDecode WithLost(double seconds, int audioSampleRate) =>
        this with { LostSeconds = Math.Round(seconds, 3), IsMostlyLost = audioSampleRate > 0 && seconds > Samples / (double)audioSampleRate };
}
