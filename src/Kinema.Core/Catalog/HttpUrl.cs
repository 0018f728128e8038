namespace Kinema.Core.Catalog;

/// <summary>Validates http URLs of callers, for media and callbacks.</summary>
public static class HttpUrl
{
    public const int MaxLength = 2048;

    /// <summary>The rest of a sentence that begins with the field name.</summary>
    internal static string TooLong(int characters) => $"must be at most {MaxLength} characters long; got {characters}";

    /// <summary>Returns null for an absolute http or https URL, else the reason: the rest of a sentence that begins with the field name.</summary>
    public static string? Refuse(string text)
    {
        if (text.Length > MaxLength)
            return TooLong(text.Length);
        if (text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            return $"must be a URL without spaces and control characters; got \"{ReceivedValue.Shorten(text)}\"";

        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && text.StartsWith(url.Scheme + "://", StringComparison.OrdinalIgnoreCase)
            && url.Host.Length > 0
                ? null
                : $"must be an absolute http or https URL; got \"{ReceivedValue.Shorten(text)}\"";
    }
}
