using System.Globalization;
using System.Net;

namespace Kinema.Outbound.Addresses;

/// <summary>An address range that the operator allowed, for all ports or one port.</summary>
internal readonly record struct AllowedRange(Cidr Block, int? Port)
{
    public bool Contains(IPAddress address, int port) => (Port is null || Port == port) && Block.Contains(address);

    /// <summary>Reads <c>10.0.0.0/8</c>, <c>10.0.0.0/8:8080</c>, <c>fc00::/7</c>, <c>fc00::/7:443</c>, <c>[fc00::/7]</c> and <c>[fc00::/7]:443</c>.</summary>
    public static bool TryParse(string? text, out AllowedRange range)
    {
        range = default;
        if (string.IsNullOrEmpty(text))
            return false;

        string cidr, rest;
        if (text[0] == '[')
        {
            var close = text.IndexOf(']', StringComparison.Ordinal);
            if (close < 0)
                return false;
            (cidr, rest) = (text[1..close], text[(close + 1)..]);
            if (!cidr.Contains(':', StringComparison.Ordinal))
                return false;
        }
        else
        {
            // The port's colon is the one after the slash: an IPv6 prefix has its own before it.
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
                return false;
            var colon = text.IndexOf(':', slash);
            (cidr, rest) = colon < 0 ? (text, "") : (text[..colon], text[colon..]);
        }

        if (!Cidr.TryParse(cidr, out var block) || !TryParsePort(rest, out var port))
            return false;

        range = new AllowedRange(block, port);
        return true;
    }

    private static bool TryParsePort(string rest, out int? port)
    {
        port = null;
        if (rest.Length == 0)
            return true;
        if (rest[0] != ':' || !int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            return false;
        port = number;
        return true;
    }
}
