using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>Result of decoding a stream: actual frames, samples and times, in contrast to what the container declares.</summary>
internal sealed record TrialDecode
{
    /// <summary>Shorter audio gaps are rounding; the resampler closes them without silence, seconds.</summary>
    private const double LeastGap = 0.1;

    public int Frames { get; private init; }

    /// <summary>End time of the last frame, in file time, seconds.</summary>
    public double End { get; private init; }

    public long Samples { get; private init; }

    /// <summary>Total length of audio gaps that become silence, seconds.</summary>
    public double LostSeconds { get; private init; }

    /// <summary>Whether more audio is missing than present.</summary>
    public bool IsMostlyLost { get; private init; }

    /// <summary>Largest decoded width, as stored, pixels.</summary>
    public int Width { get; private init; }

    public int Height { get; private init; }

    /// <param name="lines">ffprobe compact output: one frame per line, <c>name=value</c> separated by bars.</param>
    /// <param name="audioSampleRate">Audio sample rate, Hz; 0 for video.</param>
    public static TrialDecode Read(string lines, int audioSampleRate)
    {
        var (lost, audioEnd) = (0.0, double.NaN);
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
            if (time - audioEnd > LeastGap)
                lost += time - audioEnd;
            if (audioSampleRate > 0)
                audioEnd = time + (count / (double)audioSampleRate);
            earliest = Math.Min(earliest, time);
            if (time >= latest)
                (latest, shown) = (time, lasts ?? 0);
        }

        if (frames == 0)
            return new();

        // A last frame without a duration gets the average duration.
        if (shown <= 0 && frames > 1 && latest > earliest)
            shown = (latest - earliest) / (frames - 1);
        return new TrialDecode { Frames = frames, End = Math.Max(0, latest + shown), Samples = samples, Width = width, Height = height }
            .WithLost(lost, audioSampleRate);
    }

    /// <param name="seconds">Total missing audio, seconds.</param>
    public TrialDecode WithLost(double seconds, int audioSampleRate) =>
        this with { LostSeconds = Math.Round(seconds, 3), IsMostlyLost = audioSampleRate > 0 && seconds > Samples / (double)audioSampleRate };
}
