using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kinema.Outbound.Urls;

/// <summary>
/// An untrusted URL, parsed strictly: a URL that two parsers could read differently is rejected, so that the checked host is the one connected to. The path
/// and the query are sent as they were written.
/// </summary>
internal sealed class OutboundUrl
{
    private const string NotAbsolute = "must be an absolute http or https URL";

    private const string OddHost =
        "must name its host plainly: ASCII letters, digits, dots and hyphens (international names in their xn-- form), or an IP address in its usual form";

    private static readonly string[] _schemes = ["http", "https"];

    /// <summary>"Dangerous" because the platform then checks nothing after the authority: <see cref="RequestTarget.IsSendable"/> does.</summary>
    private static readonly UriCreationOptions _asWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private OutboundUrl(string origin, string target, Uri address) => (Origin, Target, Address) = (origin, target, address);

    /// <summary>For the request. Its path and query are those of <see cref="Target"/>, which <see cref="Uri"/> would otherwise rewrite.</summary>
    public Uri Address { get; }

    public string Scheme => Address.Scheme;

    /// <summary>Host without brackets, as it is resolved and connected to.</summary>
    public string Host => Address.IdnHost;

    public int Port => Address.Port;

    /// <summary>Scheme, host and port as written.</summary>
    public string Origin { get; }

    /// <summary>Path and query as they are sent.</summary>
    public string Target { get; }

    /// <summary>Returns null and the URL, or the reason for the caller that follows the field's name.</summary>
    public static string? Refuse(string text, int maxLength, out OutboundUrl? url)
    {
        url = null;
        if (text.Length > maxLength)
            return $"must be at most {maxLength} characters; got {text.Length}";

        if (text.Any(c => c == '\\' || char.IsWhiteSpace(c) || char.IsControl(c)))
            return "must not hold spaces, control characters or backslashes";

        var colon = text.IndexOf("://", StringComparison.Ordinal);
        if (colon <= 0)
            return NotAbsolute;
        if (!_schemes.Contains(text[..colon], StringComparer.OrdinalIgnoreCase))
            return NotAbsolute;

        var rest = text[(colon + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        if (authority.Contains('@', StringComparison.Ordinal))
            return "must not hold a user name or password";

        if (!TrySplit(authority, out var host, out var port))
            return OddHost;
        if (port is { } written && (!int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535))
            return "must name a port from 1 to 65535";
        if (!IsPlainHost(host))
            return OddHost;

        var origin = $"{text[..colon]}://{authority}";
        var target = RequestTarget.Of(end < 0 ? "" : rest[end..]);

        // Last: the platform's parser, which the connection uses, must read the same host and leave the target alone.
        if (!Uri.TryCreate(origin + target, _asWritten, out var parsed) || !SameHost(parsed, host) || !SameTarget(parsed, target))
            return OddHost;

        url = new OutboundUrl(origin, target, parsed);
        return null;
    }

    private static bool TrySplit(string authority, out string host, out string? port)
    {
        var hostEnd = authority.StartsWith('[') ? authority.IndexOf(']', StringComparison.Ordinal) + 1 : authority.IndexOf(':', StringComparison.Ordinal);
        if (hostEnd < 0)
            hostEnd = authority.Length;

        host = authority[..hostEnd];
        var tail = authority[hostEnd..];
        port = tail.Length == 0 ? null : tail[1..];
        return host.Length > 0 && (tail.Length == 0 || tail[0] == ':');
    }

    private static bool IsPlainHost(string host)
    {
        if (host.StartsWith('['))
        {
            return host[1..^1].All(c => char.IsAsciiHexDigit(c) || c is ':' or '.')
                && IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;
        }

        var name = host.EndsWith('.') ? host[..^1] : host;
        var labels = name.Split('.');
        if (name.Length is 0 or > 253 || Array.Exists(labels, label => label.Length is 0 or > 63 || !label.All(IsNameCharacter)))
            return false;

        // As browsers read it (WHATWG URL, "ends in a number"): such a host is an address; only its usual notation is allowed.
        return !IsNumber(labels[^1]) || (IPAddress.TryParse(host, out var plain) && plain.ToString() == host);
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit) || (label.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && label[2..].All(char.IsAsciiHexDigit));

    private static bool SameHost(Uri parsed, string host)
    {
        if (!host.StartsWith('['))
            return string.Equals(parsed.IdnHost, host, StringComparison.OrdinalIgnoreCase);

        return IPAddress.TryParse(parsed.IdnHost, out var read) && read.Equals(IPAddress.Parse(host));
    }

    private static bool SameTarget(Uri parsed, string target) =>
        RequestTarget.IsSendable(target) && parsed.PathAndQuery == target && parsed.UserInfo.Length == 0 && parsed.Fragment.Length == 0;
}
