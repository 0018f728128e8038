using System.Net;
using System.Net.Sockets;
using Kinema.Outbound.Addresses;
using Microsoft.Extensions.Options;

namespace Kinema.Outbound.Connections;

/// <summary>Looks a host up once, judges every address of the answer and dials only what it judged: a name that answers otherwise next time gains nothing.</summary>
internal sealed class GuardedDialer(
    AddressJudges judges, INameResolver names, ISocketDialer sockets, TimeProvider clock, IOptions<OutboundOptions> options)
{
    private const int MaxAddresses = 8;

    /// <exception cref="OutboundRefusedException">No address of the host may be dialled.</exception>
    public async Task<DialedConnection> DialAsync(OutboundPurpose purpose, string host, int port, CancellationToken ct)
    {
        if (MetadataEndpoints.ContainsName(host))
            throw new OutboundRefusedException($"{host} is a metadata name, which no setting opens");

        var allowed = Judge(judges.For(purpose), await ResolveAsync(host, ct), port);
        Exception? last = null;
        foreach (var (address, verdict) in allowed.Take(MaxAddresses))
        {
            try
            {
                return new DialedConnection(await DialAsync(new IPEndPoint(address, port), ct), address, verdict.IsPublic);
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

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ResolveTimeoutSeconds), clock);
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
    private static List<(IPAddress Address, AddressVerdict Verdict)> Judge(AddressJudge judge, IReadOnlyList<IPAddress> addresses, int port)
    {
        var judged = addresses.Select(address => (Address: address, Verdict: judge.Judge(address, port))).ToList();
        var allowed = judged.Where(pair => pair.Verdict.IsAllowed).ToList();
        if (allowed.Count > 0)
            return allowed;

        throw new OutboundRefusedException(judged.Count == 0 ? "the name has no address" : string.Join("; ", judged.Select(pair => pair.Verdict.Refusal)));
    }

    private async Task<Stream> DialAsync(IPEndPoint endPoint, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.ConnectTimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, timeout.Token);
        return await sockets.DialAsync(endPoint, either.Token);
    }
}
