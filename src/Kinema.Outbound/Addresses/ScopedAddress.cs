using System.Net;
using System.Net.Sockets;

namespace Kinema.Outbound.Addresses;

internal static class ScopedAddress
{
    /// <summary>The zone of an IPv6 address; asking an IPv4 one for it throws.</summary>
    public static long ScopeIdOrZero(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
