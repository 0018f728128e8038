using Kinema.Pages;
using Kinema.Server.Configuration;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Requests;

/// <summary>Base URL of the server for callers. Never taken from a request, so that a caller cannot influence URLs for others.</summary>
internal sealed class ServerAddress(IServer server, IOptions<ServerOptions> options) : IPageAddress
{
    /// <summary>Ends with a slash.</summary>
    public Uri Base => new((options.Value.PublicBaseUrl ?? Reachable(Bound)).TrimEnd('/') + "/");

    /// <summary>Bound addresses; known when the server listens.</summary>
    public IReadOnlyList<string> Bound => [.. server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    public bool OnlyLoopbackIsBound => Bound.Count > 0 && Bound.All(a => BindingAddress.Parse(a).Host is "localhost" or "[::1]" || IsLoopback(a));

    /// <summary>Whether remote callers can reach the server but its URLs work only on this machine.</summary>
    public bool HasLocalUrlsOnly => options.Value.PublicBaseUrl is null && Bound.Count > 0 && IsWildcard(Bound[0]);

    private static bool IsWildcard(string address) => BindingAddress.Parse(address).Host is "0.0.0.0" or "[::]" or "*" or "+";

    private static bool IsLoopback(string address) => BindingAddress.Parse(address).Host.StartsWith("127.", StringComparison.Ordinal);

    /// <summary>Returns a URL that a caller can use; a wildcard address becomes localhost.</summary>
    private static string Reachable(IReadOnlyList<string> bound)
    {
        if (bound.Count == 0)
            return "http://localhost";

        var address = BindingAddress.Parse(bound[0]);
        var host = IsWildcard(bound[0]) ? "localhost" : address.Host;
        return $"{address.Scheme}://{host}:{address.Port}";
    }
}
