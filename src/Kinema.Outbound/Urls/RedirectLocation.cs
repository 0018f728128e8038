namespace Kinema.Outbound.Urls;

/// <summary>Turns a <c>Location</c> into the text of the next URL, which is then judged like the first. Keeps its bytes, unlike <see cref="Uri"/>.</summary>
internal static class RedirectLocation
{
    /// <param name="from">The URL that redirected.</param>
    /// <param name="location">The header value, one character for each byte.</param>
    /// <returns>Null without a usable place.</returns>
    public static string? Resolve(OutboundUrl from, string location)
    {
        var reference = RequestTarget.EscapeLocation(WithoutFragment(location));
        if (reference.Length == 0)
            return null;
        if (HasScheme(reference))
            return reference;
        if (reference.StartsWith("//", StringComparison.Ordinal))
            return $"{from.Scheme}:{reference}";
        if (reference[0] == '/')
            return from.Origin + reference;

        var path = WithoutQuery(from.Target);
        return from.Origin + (reference[0] == '?' ? path + reference : Merge(path, reference));
    }

    /// <summary>RFC 3986, section 5.2.3 and 5.2.4: only a reference that is relative to a folder needs its dot segments resolved.</summary>
    private static string Merge(string path, string reference)
    {
        var relative = WithoutQuery(reference);
        var query = reference[relative.Length..];
        var segments = (path[..(path.LastIndexOf('/') + 1)] + relative).Split('/')[1..];

        var kept = new Stack<string>();
        foreach (var segment in segments)
        {
            if (segment == "..")
                kept.TryPop(out _);
            else if (segment != ".")
                kept.Push(segment);
        }

        if (segments[^1] is "." or "..")
            kept.Push("");
        return "/" + string.Join('/', kept.Reverse()) + query;
    }

    private static bool HasScheme(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && char.IsAsciiLetter(reference[0]) && reference[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-' or '.');
    }

    private static string WithoutFragment(string text) => text.Split('#', 2)[0];

    private static string WithoutQuery(string text) => text.Split('?', 2)[0];
}
