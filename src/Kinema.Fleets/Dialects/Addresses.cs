using System.Text.RegularExpressions;

namespace Kinema.Fleets.Dialects;

/// <summary>Takes addresses, file names of the server and control characters out of its words, which callers read.</summary>
internal static partial class Addresses
{
    public static string Hide(string words) => Control.Replace(Path.Replace(Url.Replace(words, "[address]"), "[file]"), " ").Trim();

    [GeneratedRegex(@"(?i)\b[a-z][a-z0-9+.-]*://[^\s""'<>]+|data:[^\s""'<>,]{0,100},[A-Za-z0-9+/=]*|\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b")]
    private static partial Regex Url { get; }

    [GeneratedRegex(@"(?<![\w.])/(?:[\w.-]+/)+[\w.-]*")]
    private static partial Regex Path { get; }

    [GeneratedRegex(@"[\p{Cc}\p{Cf}]+")]
    private static partial Regex Control { get; }
}
