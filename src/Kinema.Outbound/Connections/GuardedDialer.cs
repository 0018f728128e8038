using System.Net;
using System.Net.Sockets;
using Kinema.Outbound.Addresses;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Connections;

/// <summary>Looks a host up once, judges every address of the answer and dials only what it judged: a name that answers otherwise next time gains nothing.</summary>
internal sealed class GuardedDialer(
    OutboundAddressPolicies policies, INameResolver names, ISocketDialer sockets, TimeProvider timeProvider, IOptions<OutboundOptions> options)
{
    private const int MaxAddresses = 8;

    /// <exception cref="OutboundRefusedException">No address of the host may be dialled.</exception>
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
        // Every text that any parser takes for an address is judged as one and never looked up.
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
    /// Forbidden addresses are dropped, not fatal: networks with DNS64 answer a NAT64 address beside each real one. What is dropped is never dialled.
    /// </summary>
    private static List<(IPAddress Address, AddressDecision Decision)> Evaluate(OutboundAddressPolicy policy, IReadOnlyList<IPAddress> addresses, int port)
    {
        var evaluated = addresses.Select(address => (Address: address, Decision: policy.Evaluate(address, port))).ToList();
        var allowed = evaluated.Where(pair => pair.Decision.IsAllowed).ToList();
        if (allowed.Count > 0)
            return allowed;

        throw new OutboundRefusedException(evaluated.Count == 0 ? "the name has no address" : string.Join("; ", evaluated.Select(pair => pair.Decision.Refusal)));
    }

    private async Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ConnectTimeoutSeconds), timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        return await sockets.DialAsync(endPoint, either.Token);
    }
}
