using System.Net;

namespace Kinema.Outbound.Connections;

/// <summary>Looks a name up. What it answers is judged, never trusted.</summary>
internal interface INameResolver
{
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken ct);
}
