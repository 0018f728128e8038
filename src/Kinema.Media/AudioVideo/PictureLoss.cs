namespace Kinema.Media.AudioVideo;

/// <summary>Measures for how long a video has no sound picture: one that cannot be decoded, or that is decoded without the picture it builds on.</summary>
internal static class PictureLoss
{
    /// <summary>Some encoders write smaller packets to say that the picture before stays.</summary>
    private const int LeastPictureBytes = 9;

    /// <summary>
    /// A packet without a frame is lost, as is one of which the decoder could read only a part, and one behind which a picture is missing. If it was not a picture
    /// between others (it is shown after all packets before it), those that follow build on it and are smeared up to the next entry point. So are those before the
    /// first one.
    /// </summary>
    /// <param name="frames">Frames with a time.</param>
    /// <returns>Seconds.</returns>
    public static double Measure(IReadOnlyList<ProbeLine> packets, IReadOnlyList<ProbeLine> frames)
    {
        var shown = packets.Where(packet => packet is { Time: not null, IsDiscarded: false }).ToList();
        if (shown.Count == 0 || HasSampleForEachField(packets, frames))
            return 0;

        var entries = EntryPoints.Find(packets, frames);
        var (start, end) = (shown.Min(packet => packet.Time!.Value), shown.Max(packet => packet.Time!.Value + (packet.Duration ?? 0)));
        var opening = frames.Count > 0 && !frames.MinBy(frame => frame.Time).IsIntra ? entries.First : double.MinValue;
        var lost = Lost(packets, frames, entries, opening);
        lost.Add((start, opening));
        return Math.Round(Union(lost, end), 3);
    }

    /// <param name="opening">Before this time all is lost: that the decoder shows nothing there or complains is no further loss.</param>
    private static List<(double From, double To)> Lost(IReadOnlyList<ProbeLine> packets, IReadOnlyList<ProbeLine> frames, EntryPoints entries, double opening)
    {
        var decoded = frames.Select(frame => Ticks(frame.Time!.Value)).ToHashSet();
        List<(double From, double To)> lost = [];
        var (latest, latestEnd) = (double.MinValue, double.MaxValue);
        foreach (var packet in packets)
        {
            if (packet.Time is not { } time)
                continue;

            var isBad = packet.IsDamaged || (packet.Bytes >= LeastPictureBytes && !decoded.Contains(Ticks(time)));
            // Behind a cut an entry point makes good what is missing before it.
            var next = isBad ? entries.Behind(time) : entries.From(time);
            if (!packet.IsDiscarded && time >= opening && (isBad || (packet.IsBehindGap && next > time)))
            {
                // Pictures shown between the latest one and this one follow in the file, and build on it.
                lost.Add(time > latest ? (Math.Min(latestEnd, time), next) : (time, time + (packet.Duration ?? 0)));
            }

            if (time > latest)
                (latest, latestEnd) = (time, time + (packet.Duration ?? 0));
        }

        return lost;
    }

    /// <summary>A file may store both fields of an interlaced frame apart; then every other packet has no frame of its own.</summary>
    private static bool HasSampleForEachField(IReadOnlyList<ProbeLine> packets, IReadOnlyList<ProbeLine> frames) =>
        packets.Count > frames.Count * 1.8 && packets.Count < frames.Count * 2.2 && frames.Any(frame => frame.IsInterlaced);

    private static double Union(List<(double From, double To)> spans, double end)
    {
        var (total, covered) = (0.0, double.MinValue);
        foreach (var (from, to) in spans.OrderBy(span => span.From))
        {
            total += Math.Max(0, Math.Min(to, end) - Math.Max(from, covered));
            covered = Math.Max(covered, Math.Min(to, end));
        }

        return total;
    }

    /// <summary>Times are printed with six digits; both sides come from the same time base.</summary>
    private static long Ticks(double seconds) => (long)Math.Round(seconds * 1e6);
}
