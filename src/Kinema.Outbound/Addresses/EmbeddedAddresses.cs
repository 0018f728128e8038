using System.Net;
using System.Net.Sockets;

namespace Kinema.Outbound.Addresses;

/// <summary>Finds IPv4 addresses embedded in an IPv6 address, for translators, tunnels and mapped sockets.</summary>
internal static class EmbeddedAddresses
{
    private static readonly Cidr[] _endingInOne =
    [
        Cidr.Parse("::/96"), // IPv4-compatible
        Cidr.Parse("::ffff:0:0/96"), // IPv4-mapped
        Cidr.Parse("::ffff:0:0:0/96"), // IPv4-translated
        Cidr.Parse("64:ff9b::/96"), // NAT64
    ];

    private static readonly Cidr _localNat64 = Cidr.Parse("64:ff9b:1::/48");
    private static readonly Cidr _sixToFour = Cidr.Parse("2002::/16");
    private static readonly Cidr _teredo = Cidr.Parse("2001::/32");

    public static List<IPAddress> Of(IPAddress address)
    {
        var found = new List<IPAddress>(2);
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.IPv6Loopback))
            return found;

        var b = address.GetAddressBytes();
        if (Array.Exists(_endingInOne, block => block.Contains(address)))
            found.Add(At(b, 12, 13, 14, 15));

        if (_sixToFour.Contains(address))
            found.Add(At(b, 2, 3, 4, 5));

        if (_teredo.Contains(address))
        {
            // RFC 4380 section 4: the server as it is, the client with every bit turned.
            found.Add(At(b, 4, 5, 6, 7));
            found.Add(new IPAddress([(byte)~b[12], (byte)~b[13], (byte)~b[14], (byte)~b[15]]));
        }

        // ISATAP interface identifiers (RFC 5214 section 6.1), under any prefix.
        if (b[8] is 0 or 2 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe)
            found.Add(At(b, 12, 13, 14, 15));

        if (_localNat64.Contains(address))
            AddLocalNat64(b, found);

        return found;
    }

    /// <summary>
    /// A site may translate under 64:ff9b:1::/48 with prefixes of 48, 56, 64 or 96 bits (RFC 6052 section 2.2), and the address does not tell which.
    /// It is read as 96; the shorter readings count where they yield more than the zeros that a 96-bit prefix has there.
    /// </summary>
    private static void AddLocalNat64(byte[] b, List<IPAddress> found)
    {
        found.Add(At(b, 12, 13, 14, 15));
        foreach (var reading in (IPAddress[])[At(b, 6, 7, 9, 10), At(b, 7, 9, 10, 11), At(b, 9, 10, 11, 12)])
        {
            if (reading.GetAddressBytes()[0] != 0)
                found.Add(reading);
        }
    }

    private static IPAddress At(byte[] b, int first, int second, int third, int fourth) => new([b[first], b[second], b[third], b[fourth]]);
}
