using System.Buffers;

namespace Kinema.Media.AudioVideo;

/// <summary>What ffprobe reported while it decoded with several threads: enough to tell whether to look closer, not which packet it is about.</summary>
/// <remarks>Its own record of messages beside each frame loses those that come from another thread.</remarks>
internal static class DecoderLog
{
    /// <summary>ffprobe's log level: besides errors, those messages count that tell of concealed damage, which are information.</summary>
    public const string Level = "level+info";

    /// <summary>Room for some ten thousand messages, the last ones.</summary>
    public const int MaxCharacters = 4 << 20;

    private static readonly SearchValues<string> _levels = SearchValues.Create(["[error]", "[fatal]", "[panic]"], StringComparison.Ordinal);

    /// <summary>Whether pictures may be damaged.</summary>
    public static bool HasComplaints(string stderr)
    {
        foreach (var line in stderr.AsSpan().EnumerateLines())
        {
            if (!ProbeLine.IsHarmless(line) && (line.ContainsAny(_levels) || ProbeLine.IsConcealment(line)))
                return true;
        }

        return false;
    }
}
