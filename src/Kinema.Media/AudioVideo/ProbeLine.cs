using System.Globalization;

namespace Kinema.Media.AudioVideo;

/// <summary>One line of ffprobe's compact output: a packet or a frame, <c>name=value</c> separated by bars.</summary>
internal readonly record struct ProbeLine
{
    public bool IsPacket { get; private init; }

    /// <summary>Presentation time in file time, seconds.</summary>
    public double? Time { get; private init; }

    public double? Duration { get; private init; }

    public long Samples { get; private init; }

    public long Bytes { get; private init; }

    /// <summary>Where the packet lies in the file.</summary>
    public long? Position { get; private init; }

    public int Width { get; private init; }

    public int Height { get; private init; }

    public bool IsInterlaced { get; private init; }

    /// <summary>Whether the frame needs no other: a key frame or a picture of type I. Of a packet, whether the file says so.</summary>
    public bool IsIntra { get; private init; }

    /// <summary>Whether the packet is decoded only for the sake of others: an edit list cuts it.</summary>
    public bool IsDiscarded { get; private init; }

    /// <summary>Whether the decoder complained about the packet.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether the numbers that the pictures bear show one missing before the packet.</summary>
    public bool IsBehindGap { get; init; }

    /// <summary>Of a packet at which an encoder begins to renew pictures in parts: the time from which on they are whole.</summary>
    public double? RefreshedAt { get; init; }

    /// <returns>Null if the line is neither.</returns>
    public static ProbeLine? Read(ReadOnlySpan<char> line)
    {
        var isPacket = line.StartsWith("packet|");
        if (!isPacket && !line.StartsWith("frame|"))
            return null;

        var read = new ProbeLine { IsPacket = isPacket };
        foreach (var part in line.Split('|'))
        {
            var entry = line[part];
            var equals = entry.IndexOf('=');
            if (equals >= 0)
                read = read.With(entry[..equals], entry[(equals + 1)..]);
        }

        return read;
    }

    /// <summary>
    /// Whether the line holds a decoder's complaint about the packet before it: an error, or what it says when it fills gaps with guesses.
    /// </summary>
    public static bool IsComplaint(ReadOnlySpan<char> line)
    {
        var log = line.IndexOf("log|level=");
        return log >= 0 && !IsHarmless(line) && (line[(log + "log|level=".Length)..] is ['8' or '0', '|', ..] or ['1', '6', '|', ..] || IsConcealment(line));
    }

    /// <summary>
    /// Complaints about messages beside the pictures (SEI), which some cameras write wrongly and nobody sees, do not count, nor those about pictures to be forgotten
    /// that are not there (MMCO), as where two clips were joined.
    /// </summary>
    public static bool IsHarmless(ReadOnlySpan<char> line) => line.Contains("SEI", StringComparison.Ordinal) || line.Contains("mmco:", StringComparison.Ordinal);

    public static bool IsConcealment(ReadOnlySpan<char> line) => line.Contains("concealing", StringComparison.Ordinal);

    private ProbeLine With(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name is "flags")
            return this with { IsDiscarded = value.Contains('D'), IsIntra = value.Contains('K') };
        if (name is "pict_type")
            return this with { IsIntra = IsIntra || value is "I" };
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
            return this;

        return name switch
        {
            "best_effort_timestamp_time" or "pts_time" => this with { Time = number },
            // Releases before 6 call a frame's by the first name, those from 7 by the second only.
            "pkt_duration_time" or "duration_time" => this with { Duration = number },
            "nb_samples" => this with { Samples = (long)number },
            "size" => this with { Bytes = (long)number },
            "pos" => this with { Position = (long)number },
            "width" => this with { Width = (int)number },
            "height" => this with { Height = (int)number },
            "interlaced_frame" => this with { IsInterlaced = number == 1 },
            "key_frame" => this with { IsIntra = IsIntra || number == 1 },
            _ => this,
        };
    }
}
