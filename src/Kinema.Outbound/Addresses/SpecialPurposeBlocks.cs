using System.Net;
using System.Net.Sockets;

namespace Kinema.Outbound.Addresses;

/// <summary>
/// The IANA special-purpose registries for IPv4 and IPv6, the multicast and reserved space beside them, and blocks that were withdrawn.
/// Blocks that the registries call globally reachable (AS112, anycast relays, ORCHID) are here too: no media server or callback receiver uses them.
/// </summary>
internal static class SpecialPurposeBlocks
{
    private static readonly SpecialPurposeBlock[] _v4 =
    [
        new("0.0.0.0/8", "this network", "RFC 791 section 3.2"),
        new("10.0.0.0/8", "private use", "RFC 1918"),
        new("100.64.0.0/10", "carrier-grade NAT", "RFC 6598"),
        new("127.0.0.0/8", "loopback", "RFC 1122 section 3.2.1.3"),
        new("169.254.0.0/16", "link-local", "RFC 3927"),
        new("172.16.0.0/12", "private use", "RFC 1918"),
        new("192.0.0.0/24", "IETF protocol assignments", "RFC 6890 section 2.1"),
        new("192.0.2.0/24", "documentation (TEST-NET-1)", "RFC 5737"),
        new("192.31.196.0/24", "AS112", "RFC 7535"),
        new("192.52.193.0/24", "multicast tunnelling (AMT)", "RFC 7450"),
        new("192.88.99.0/24", "6to4 relay anycast, withdrawn", "RFC 7526"),
        new("192.168.0.0/16", "private use", "RFC 1918"),
        new("192.175.48.0/24", "AS112 direct delegation", "RFC 7534"),
        new("198.18.0.0/15", "benchmarking", "RFC 2544"),
        new("198.51.100.0/24", "documentation (TEST-NET-2)", "RFC 5737"),
        new("203.0.113.0/24", "documentation (TEST-NET-3)", "RFC 5737"),
        new("224.0.0.0/4", "multicast", "RFC 5771"),
        new("255.255.255.255/32", "limited broadcast", "RFC 919"),
        new("240.0.0.0/4", "reserved", "RFC 1112 section 4"),
    ];

    private static readonly SpecialPurposeBlock[] _v6 =
    [
        new("::1/128", "loopback", "RFC 4291 section 2.5.3"),
        new("::/128", "unspecified", "RFC 4291 section 2.5.2"),
        new("::/96", "IPv4-compatible, withdrawn", "RFC 4291 section 2.5.5.1"),
        new("::ffff:0:0/96", "IPv4-mapped", "RFC 4291 section 2.5.5.2"),
        new("::ffff:0:0:0/96", "IPv4-translated", "RFC 2765 section 2.1"),
        new("64:ff9b::/96", "NAT64", "RFC 6052"),
        new("64:ff9b:1::/48", "local-use NAT64", "RFC 8215"),
        new("100::/64", "discard", "RFC 6666"),
        new("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
        new("2001::/32", "Teredo", "RFC 4380"),
        new("2001:2::/48", "benchmarking", "RFC 5180"),
        new("2001:3::/32", "multicast tunnelling (AMT)", "RFC 7450"),
        new("2001:4:112::/48", "AS112", "RFC 7535"),
        new("2001:10::/28", "ORCHID, withdrawn", "RFC 4843"),
        new("2001:20::/28", "ORCHIDv2", "RFC 7343"),
        new("2001:30::/28", "drone identifiers (DRIP)", "RFC 9374"),
        new("2001::/23", "IETF protocol assignments", "RFC 2928"),
        new("2001:db8::/32", "documentation", "RFC 3849"),
        new("2002::/16", "6to4", "RFC 3056"),
        new("2620:4f:8000::/48", "AS112 direct delegation", "RFC 7534"),
        new("3ffe::/16", "6bone, returned", "RFC 3701"),
        new("3fff::/20", "documentation", "RFC 9637"),
        new("5f00::/16", "segment routing (SRv6)", "RFC 9602"),
        new("fc00::/7", "unique local", "RFC 4193"),
        new("fe80::/10", "link-local", "RFC 4291 section 2.5.6"),
        new("fec0::/10", "site-local, withdrawn", "RFC 3879"),
        new("ff00::/8", "multicast", "RFC 4291 section 2.7"),
    ];

    private static readonly Cidr _globalUnicast = Cidr.Parse("2000::/3");
    private static readonly SpecialPurposeBlock _unallocated = new("::/0", "outside global unicast (2000::/3)", "RFC 4291 section 2.4");

    public static IEnumerable<SpecialPurposeBlock> All => [.. _v4, .. _v6];

    /// <summary>Returns the block of an address, or null for a public address.</summary>
    public static SpecialPurposeBlock? Find(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return Array.Find(_v4, special => special.Block.Contains(address));

        return Array.Find(_v6, special => special.Block.Contains(address)) ?? (_globalUnicast.Contains(address) ? null : _unallocated);
    }
}
