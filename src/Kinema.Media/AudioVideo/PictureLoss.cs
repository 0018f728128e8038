namespace Kinema.Media.AudioVideo;

/// <summary>Pictures of a video that cannot be decoded, or that are decoded without the picture they build on.</summary>
/// <param name="Seconds">Time without a sound picture, seconds.</param>
internal sealed record PictureLoss(double Seconds)
{
    /// <summary>Some encoders write smaller packets to say that the picture before stays.</summary>
    private const int LeastPictureBytes = 9;

    public static PictureLoss None { get; } = new(0);

    /// <summary>
    /// A packet without a frame is lost, as is one of which the decoder could read only a part. If it was not a picture between others (it is shown after all packets before it), those that follow build on it
    /// and are smeared up to the next picture that needs no other. So are those before the first such picture.
    /// </summary>
    /// <param name="frames">Frames with a time.</param>
    public static PictureLoss Of(IReadOnlyList<ProbeLine> packets, IReadOnlyList<ProbeLine> frames)
    {
        if (HasSampleForEachField(packets, frames))
            return None;

        var decoded = frames.Select(frame => Ticks(frame.Time!.Value)).ToHashSet();
        var intra = frames.Where(frame => frame.IsIntra).Select(frame => frame.Time!.Value).Order().ToList();
        List<(double From, double To)> lost = [];
        var latest = double.MinValue;
        foreach (var packet in packets)
        {
            if (packet.Time is not { } time)
                continue;

            var isAhead = time > latest;
            latest = Math.Max(latest, time);
            if (!packet.IsDiscarded && (packet.IsDamaged || (packet.Bytes >= LeastPictureBytes && !decoded.Contains(Ticks(time)))))
                lost.Add((time, isAhead ? NextIntra(intra, time) : time + (packet.Duration ?? 0)));
        }

        var shown = packets.Where(packet => packet is { Time: not null, IsDiscarded: false }).ToList();
        if (shown.Count == 0)
            return None;

        var (start, end) = (shown.Min(packet => packet.Time!.Value), shown.Max(packet => packet.Time!.Value + (packet.Duration ?? 0)));
        // A cut made by an edit list keeps the pictures on which the first shown one builds.
        var isBuiltOnCut = packets.Any(packet => packet is { IsDiscarded: true, IsIntra: true });
        if (!isBuiltOnCut && frames.Count > 0 && !frames.MinBy(frame => frame.Time).IsIntra)
            lost.Add((start, NextIntra(intra, start)));
        return new(Math.Round(Union(lost, end), 3));
    }

    /// <summary>A file may store both fields of an interlaced frame apart; then every other packet has no frame of its own.</summary>
    private static bool HasSampleForEachField(IReadOnlyList<ProbeLine> packets, IReadOnlyList<ProbeLine> frames) =>
        packets.Count > frames.Count * 1.8 && packets.Count < frames.Count * 2.2 && frames.Any(frame => frame.IsInterlaced);

    private static double NextIntra(List<double> intra, double time)
    {
        var index = intra.BinarySearch(time);
        index = index < 0 ? ~index : index + 1;
        return index < intra.Count ? intra[index] : double.MaxValue;
    }

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
