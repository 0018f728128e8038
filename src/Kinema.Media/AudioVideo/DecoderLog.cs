using System.Buffers;

namespace Kinema.Media.AudioVideo;

/// <summary>What ffprobe reported while it decoded with several threads: enough to tell whether to look closer, not which packet it is about.</summary>
/// <remarks>Its own record of messages beside each frame loses those that come from another thread.</remarks>
/// <param name="HasComplaints">Whether pictures may be damaged.</param>
/// <param name="HasGaps">Whether pictures of H.264 are missing by their numbers.</param>
internal readonly record struct DecoderLog(bool HasComplaints, bool HasGaps)
{
    /// <summary>Room for some ten thousand messages, the last ones.</summary>
    public const int MaxCharacters = 4 << 20;

    private static readonly SearchValues<string> _levels = SearchValues.Create(["[error]", "[fatal]", "[panic]"], StringComparison.Ordinal);

    /// <summary>ffprobe's log level: besides errors, those messages count that tell of concealed damage (information) and of gaps (debugging, H.264 only).</summary>
    public static string Level(string codec) => codec == "h264" ? "level+debug" : "level+info";

    public static DecoderLog Read(string stderr)
    {
        var log = new DecoderLog();
        foreach (var line in stderr.AsSpan().EnumerateLines())
        {
            log = new(
                log.HasComplaints || (!ProbeLine.IsHarmless(line) && (line.ContainsAny(_levels) || ProbeLine.IsConcealment(line))),
                log.HasGaps || ProbeLine.IsGap(line));
        }

        return log;
    }
}
