using System.Net;
using System.Net.Sockets;
using Kinema.Outbound.Addresses;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Connections;

/// <summary>Resolves a host once, checks every address of the answer and connects only to these addresses, which prevents DNS rebinding.</summary>
internal sealed class GuardedDialer(
    OutboundAddressPolicies policies, INameResolver names, ISocketDialer sockets, TimeProvider timeProvider, IOptions<OutboundOptions> options)
{
    private const int MaxAddresses = 8;

    /// <exception cref="OutboundRefusedException">No address of the host is allowed.</exception>
    public async Task<DialedConnection> DialAsync(OutboundPurpose purpose, string host, int port, CancellationToken ct)
    {
        if (MetadataEndpoints.ContainsName(host))
            throw new OutboundRefusedException($"{host} is a metadata name, which no setting opens");

        var allowed = Evaluate(policies.For(purpose), await ResolveAsync(host, ct), port);
        Exception? last = null;
        foreach (var (address, decision) in allowed.Take(MaxAddresses))
        {
            try
            {
                return new DialedConnection(await DialAsync(new IPEndPoint(address, port), ct), address, decision.IsPublic);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException && !ct.IsCancellationRequested)
            {
                last = error;
            }
        }

        throw new IOException($"no address of the host took a connection ({allowed.Count} tried)", last);
    }

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken ct)
    {
        // Text that any parser reads as an address is checked as an address and never resolved.
        if (IPAddress.TryParse(host.Trim('[', ']').TrimEnd('.'), out var literal))
            return [literal];

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ResolveTimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        try
        {
            return await names.ResolveAsync(host, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new IOException("the name was not resolved in time");
        }
    }

    /// <summary>
    /// Drops forbidden addresses: networks with DNS64 return a NAT64 address for each real one. Dropped addresses are never connected to.
    /// </summary>
    private static List<(IPAddress Address, AddressDecision Decision)> Evaluate(OutboundAddressPolicy policy, IReadOnlyList<IPAddress> addresses, int port)
    {
        var evaluated = addresses.Select(address => (Address: address, Decision: policy.Evaluate(address, port))).ToList();
        var allowed = evaluated.Where(pair => pair.Decision.IsAllowed).ToList();
        if (allowed.Count > 0)
            return allowed;

        throw new OutboundRefusedException(
            evaluated.Count == 0 ? "the name has no address" : string.Join("; ", evaluated.Select(pair => pair.Decision.Refusal)));
    }

    private async Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ConnectTimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        return await sockets.DialAsync(endPoint, either.Token);
    }
}
