using System.Net;
using System.Net.Sockets;
using Kinema.Server.Configuration;
using Microsoft.Extensions.Options;

namespace Kinema.Server.RateLimits;

/// <summary>
/// Rates of organisations, and of callers without a valid key by their network. Networks share a fixed number of buckets, so that nobody can fill the memory
/// with addresses.
/// </summary>
internal sealed class RequestRates(IOptions<ServerOptions> options) : IDisposable
{
    private const int Networks = 4096;

    /// <summary>One caller has as many addresses as it likes within it.</summary>
    private const int NetworkBytesV6 = 8;

    private readonly RequestRate<Guid>? _organizations = options.Value.RequestsPerMinute > 0 ? new(options.Value.RequestsPerMinute) : null;
    private readonly RequestRate<int>? _networks = options.Value.AnonymousRequestsPerMinute > 0 ? new(options.Value.AnonymousRequestsPerMinute) : null;

    /// <summary>Counts a request of an organisation. Returns null without a limit.</summary>
    public RateVerdict? Take(Guid orgId) => _organizations?.Take(orgId);

    /// <summary>Counts a request without a valid key. Returns null without a limit.</summary>
    public RateVerdict? Take(IPAddress? address) => _networks?.Take(BucketOf(address ?? IPAddress.None));

    public void Dispose()
    {
        _organizations?.Dispose();
        _networks?.Dispose();
    }

    internal static int BucketOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes().AsSpan();
        var hash = new HashCode();
        hash.AddBytes(address.AddressFamily == AddressFamily.InterNetworkV6 ? bytes[..NetworkBytesV6] : bytes);
        return (int)((uint)hash.ToHashCode() % Networks);
    }
}
