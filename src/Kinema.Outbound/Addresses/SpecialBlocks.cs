using System.Net;
using System.Net.Sockets;

namespace Kinema.Outbound.Addresses;

/// <summary>
/// The IANA special-purpose registries for IPv4 and IPv6, the multicast and reserved space beside them, and blocks that were withdrawn.
/// Blocks that the registries call globally reachable (AS112, anycast relays, ORCHID) are here too: no caller's media or receiver lives there.
/// </summary>
internal static class SpecialBlocks
{
    private static readonly SpecialBlock[] V4 =
    [
        SpecialBlock.Of("0.0.0.0/8", "this network", "RFC 791 section 3.2"),
        SpecialBlock.Of("10.0.0.0/8", "private use", "RFC 1918"),
        SpecialBlock.Of("100.64.0.0/10", "carrier-grade NAT", "RFC 6598"),
        SpecialBlock.Of("127.0.0.0/8", "loopback", "RFC 1122 section 3.2.1.3"),
        SpecialBlock.Of("169.254.0.0/16", "link-local", "RFC 3927"),
        SpecialBlock.Of("172.16.0.0/12", "private use", "RFC 1918"),
        SpecialBlock.Of("192.0.0.0/24", "IETF protocol assignments", "RFC 6890 section 2.1"),
        SpecialBlock.Of("192.0.2.0/24", "documentation (TEST-NET-1)", "RFC 5737"),
        SpecialBlock.Of("192.31.196.0/24", "AS112", "RFC 7535"),
        SpecialBlock.Of("192.52.193.0/24", "multicast tunnelling (AMT)", "RFC 7450"),
        SpecialBlock.Of("192.88.99.0/24", "6to4 relay anycast, withdrawn", "RFC 7526"),
        SpecialBlock.Of("192.168.0.0/16", "private use", "RFC 1918"),
        SpecialBlock.Of("192.175.48.0/24", "AS112 direct delegation", "RFC 7534"),
        SpecialBlock.Of("198.18.0.0/15", "benchmarking", "RFC 2544"),
        SpecialBlock.Of("198.51.100.0/24", "documentation (TEST-NET-2)", "RFC 5737"),
        SpecialBlock.Of("203.0.113.0/24", "documentation (TEST-NET-3)", "RFC 5737"),
        SpecialBlock.Of("224.0.0.0/4", "multicast", "RFC 5771"),
        SpecialBlock.Of("255.255.255.255/32", "limited broadcast", "RFC 919"),
        SpecialBlock.Of("240.0.0.0/4", "reserved", "RFC 1112 section 4"),
    ];

    private static readonly SpecialBlock[] V6 =
    [
        SpecialBlock.Of("::1/128", "loopback", "RFC 4291 section 2.5.3"),
        SpecialBlock.Of("::/128", "unspecified", "RFC 4291 section 2.5.2"),
        SpecialBlock.Of("::/96", "IPv4-compatible, withdrawn", "RFC 4291 section 2.5.5.1"),
        SpecialBlock.Of("::ffff:0:0/96", "IPv4-mapped", "RFC 4291 section 2.5.5.2"),
        SpecialBlock.Of("::ffff:0:0:0/96", "IPv4-translated", "RFC 2765 section 2.1"),
        SpecialBlock.Of("64:ff9b::/96", "NAT64", "RFC 6052"),
        SpecialBlock.Of("64:ff9b:1::/48", "local-use NAT64", "RFC 8215"),
        SpecialBlock.Of("100::/64", "discard", "RFC 6666"),
        SpecialBlock.Of("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
        SpecialBlock.Of("2001::/32", "Teredo", "RFC 4380"),
        SpecialBlock.Of("2001:2::/48", "benchmarking", "RFC 5180"),
        SpecialBlock.Of("2001:3::/32", "multicast tunnelling (AMT)", "RFC 7450"),
        SpecialBlock.Of("2001:4:112::/48", "AS112", "RFC 7535"),
        SpecialBlock.Of("2001:10::/28", "ORCHID, withdrawn", "RFC 4843"),
        SpecialBlock.Of("2001:20::/28", "ORCHIDv2", "RFC 7343"),
        SpecialBlock.Of("2001:30::/28", "drone identifiers (DRIP)", "RFC 9374"),
        SpecialBlock.Of("2001::/23", "IETF protocol assignments", "RFC 2928"),
        SpecialBlock.Of("2001:db8::/32", "documentation", "RFC 3849"),
        SpecialBlock.Of("2002::/16", "6to4", "RFC 3056"),
        SpecialBlock.Of("2620:4f:8000::/48", "AS112 direct delegation", "RFC 7534"),
        SpecialBlock.Of("3ffe::/16", "6bone, returned", "RFC 3701"),
        SpecialBlock.Of("3fff::/20", "documentation", "RFC 9637"),
        SpecialBlock.Of("5f00::/16", "segment routing (SRv6)", "RFC 9602"),
        SpecialBlock.Of("fc00::/7", "unique local", "RFC 4193"),
        SpecialBlock.Of("fe80::/10", "link-local", "RFC 4291 section 2.5.6"),
        SpecialBlock.Of("fec0::/10", "site-local, withdrawn", "RFC 3879"),
        SpecialBlock.Of("ff00::/8", "multicast", "RFC 4291 section 2.7"),
    ];

    private static readonly Cidr GlobalUnicast = Cidr.Parse("2000::/3");
    private static readonly SpecialBlock Unallocated = SpecialBlock.Of("::/0", "outside global unicast (2000::/3)", "RFC 4291 section 2.4");

    public static IEnumerable<SpecialBlock> All => [.. V4, .. V6];

    /// <summary>The block that an address lies in, or null for a public one.</summary>
    public static SpecialBlock? Find(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return Array.Find(V4, special => special.Block.Contains(address));

        return Array.Find(V6, special => special.Block.Contains(address)) ?? (GlobalUnicast.Contains(address) ? null : Unallocated);
    }
}
