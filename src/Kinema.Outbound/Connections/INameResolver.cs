using System.Net;

namespace Kinema.Outbound.Connections;

/// <summary>Resolves a host name. The addresses are untrusted and must be checked.</summary>
internal interface INameResolver
{
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken ct);
}
