using System.Text;

namespace Kinema.Outbound.Urls;

/// <summary>
/// Path and query as they are sent. Only what cannot stand in a request line is escaped: a signature may cover the rest, so <c>%7E</c>, <c>%2d</c> and dot
/// segments stay as written.
/// </summary>
internal static class RequestTarget
{
    private const char FirstPrintable = '!';
    private const char LastPrintable = '~';

    /// <param name="written">What follows the authority of a URL. A fragment is not sent.</param>
    public static string Of(string written)
    {
        var sent = written.Split('#', 2)[0];
        return EscapeNonAscii(sent.StartsWith('/') ? sent : "/" + sent);
    }

    /// <summary>Whether a text can be sent unchanged: nothing in it ends the request line, splits it or begins a fragment.</summary>
    public static bool IsSendable(string target) =>
        target.StartsWith('/') && target.All(c => c is >= FirstPrintable and <= LastPrintable and not '#');

    /// <summary>Escapes spaces and non-ASCII bytes, as browsers and curl do with a redirect.</summary>
    /// <param name="location">A header value, one character for each byte.</param>
    public static string EscapeLocation(string location) =>
        string.Concat(location.Select(c => c is ' ' or > '\u007f' ? $"%{(int)c:X2}" : c.ToString()));

    private static string EscapeNonAscii(string text)
    {
        if (Ascii.IsValid(text))
            return text;

        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            escaped.Append(rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        return escaped.ToString();
    }
}
