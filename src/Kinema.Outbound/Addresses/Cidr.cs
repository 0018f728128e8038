using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Kinema.Outbound.Addresses;

/// <summary>A block of addresses: a family, a prefix and its length.</summary>
/// <remarks>
/// Not the platform's IPNetwork: in .NET 10.0 its Contains answers wrongly for IPv4-mapped addresses (2000::/3 is said to hold ::ffff:10.0.0.1,
/// ::ffff:0:0/96 not to), which would let them past this guard.
/// </remarks>
internal readonly record struct Cidr
{
    private readonly UInt128 _prefix;

    private Cidr(AddressFamily family, UInt128 prefix, int length)
    {
        Family = family;
        _prefix = prefix;
        Length = length;
    }

    public AddressFamily Family { get; }

    public int Length { get; }

    /// <summary>True for a block of one address.</summary>
    public bool IsSingle => Length == BitsOf(Family);

    public bool Contains(IPAddress address) =>
        address.AddressFamily == Family && (Number(address) & Mask(Family, Length)) == _prefix;

    public static Cidr Parse(string text) => TryParse(text, out var cidr) ? cidr : throw new FormatException($"\"{text}\" is no CIDR.");

    /// <summary>
    /// Reads <c>10.0.0.0/8</c> and <c>fc00::/7</c>. Bits after the prefix, zones and abbreviated IPv4 (<c>10/8</c>) are refused: their writer meant something
    /// else.
    /// </summary>
    public static bool TryParse(string text, out Cidr cidr)
    {
        cidr = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || text.AsSpan(0, slash).ContainsAny('%', '[') || !IPAddress.TryParse(text.AsSpan(0, slash), out var first))
            return false;
        if (first.AddressFamily == AddressFamily.InterNetwork && first.ToString() != text[..slash])
            return false;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > BitsOf(first.AddressFamily))
            return false;

        var prefix = Number(first);
        if ((prefix & Mask(first.AddressFamily, length)) != prefix)
            return false;

        cidr = new Cidr(first.AddressFamily, prefix, length);
        return true;
    }

    private static int BitsOf(AddressFamily family) => family == AddressFamily.InterNetwork ? 32 : 128;

    private static UInt128 Mask(AddressFamily family, int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (BitsOf(family) - length);

    private static UInt128 Number(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var count);
        return count == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
