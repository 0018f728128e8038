using System.Net;

namespace Kinema.Outbound.Connections;

internal sealed class SystemNameResolver : INameResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken ct) => await Dns.GetHostAddressesAsync(name, ct);
}
