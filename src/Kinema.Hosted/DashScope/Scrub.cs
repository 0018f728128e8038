using System.Text.RegularExpressions;

namespace Kinema.Hosted.DashScope;

/// <summary>Makes a provider's words fit for callers and logs: no key, no address (a signed one is a secret), no control characters, at most 300 characters.</summary>
internal static partial class Scrub
{
    private const int MostCharacters = 300;

    public static string Of(string words, string? key)
    {
        var text = Address.Replace(words, "[address]");
        text = Key.Replace(text, "[key]");
        if (key is { Length: > 0 })
            text = text.Replace(key, "[key]", StringComparison.Ordinal);
        text = Control.Replace(text, " ").Trim();
        return text.Length > MostCharacters ? text[..MostCharacters] + "…" : text;
    }

    [GeneratedRegex(@"(?i)\b(https?|oss)://[^\s""'<>]+|data:[^\s""'<>,]{0,100},[A-Za-z0-9+/=]*")]
    private static partial Regex Address { get; }

    [GeneratedRegex(@"\bsk-[A-Za-z0-9*_-]{4,}")]
    private static partial Regex Key { get; }

    [GeneratedRegex(@"[\p{Cc}\p{Cf}]+")]
    private static partial Regex Control { get; }
}
