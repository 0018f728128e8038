namespace Kinema.Media.AudioVideo;

/// <summary>Result of decoding a video stream: actual frames and times, in contrast to what the container declares.</summary>
internal sealed record VideoTrial
{
    /// <summary>A last frame is held at least this long, so that it is in a video of 30 frames a second, seconds.</summary>
    private const double LeastHold = 0.04;

    public int Frames { get; private init; }

    /// <summary>End time of the last frame, in file time, seconds.</summary>
    public double End { get; private init; }

    /// <summary>How long the last frame is shown, if its sample lasts no time; else 0. <see cref="End"/> includes it. Seconds.</summary>
    public double HoldSeconds { get; private init; }

    /// <summary>Largest decoded width, as stored, pixels.</summary>
    public int Width { get; private init; }

    public int Height { get; private init; }

    public bool ChangesSize { get; private init; }

    public bool HasInterlacedFrames { get; private init; }

    /// <summary>Length of pictures that are missing or damaged, seconds.</summary>
    public double LostSeconds { get; private init; }

    /// <param name="lines">ffprobe's output, see <see cref="ProbeLine"/>.</param>
    /// <param name="mark">Adds to the packets what they say themselves.</param>
    public static VideoTrial Read(string lines, Func<IReadOnlyList<ProbeLine>, IReadOnlyList<ProbeLine>> mark)
    {
        List<ProbeLine> packets = [], frames = [];
        foreach (var line in lines.AsSpan().EnumerateLines())
        {
            if (ProbeLine.Read(line) is { } read)
                (read.IsPacket ? packets : frames).Add(read);
            if (ProbeLine.IsComplaint(line) && packets.Count > 0)
                packets[^1] = packets[^1] with { IsDamaged = true };
        }

        if (frames.Count == 0)
            return new();

        var timed = frames.FindAll(frame => frame.Time is not null);
        var (end, hold) = timed.Count == 0 ? (0, 0) : FindEnd(timed);
        return new()
        {
            Frames = frames.Count,
            End = Math.Max(0, end),
            HoldSeconds = hold,
            Width = frames.Max(frame => frame.Width),
            Height = frames.Max(frame => frame.Height),
            ChangesSize = frames.Exists(frame => (frame.Width, frame.Height) != (frames[0].Width, frames[0].Height)),
            HasInterlacedFrames = frames.Exists(frame => frame.IsInterlaced),
            LostSeconds = PictureLoss.Measure(mark(packets), timed),
        };
    }

    public VideoTrial WithLossOf(VideoTrial other) => this with { LostSeconds = other.LostSeconds };

    private static (double End, double Hold) FindEnd(List<ProbeLine> frames)
    {
        var last = frames.MaxBy(frame => frame.Time);
        var (latest, earliest, shown) = (last.Time!.Value, frames.Min(frame => frame.Time)!.Value, last.Duration ?? 0);
        var usual = frames.Count > 1 ? (latest - earliest) / (frames.Count - 1) : 0;
        if (shown >= usual / 2)
            return (latest + shown, 0);

        // Recorders and editors often give the last sample one tick, or none: it is a picture like the others.
        var hold = Math.Max(usual, LeastHold);
        return (latest + hold, Math.Round(hold, 6));
    }
}
