using Kinema.Server.Configuration;
using Kinema.Server.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Requests;

/// <summary>
/// Rejects requests for other host names. On a loopback address this prevents DNS rebinding: a web page whose name resolves
/// to 127.0.0.1 cannot reach the server.
/// </summary>
internal sealed class HostFilterMiddleware(RequestDelegate next, IOptions<ServerOptions> options, ServerAddress address)
{
    private static readonly string[] _loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

    private IReadOnlyList<string>? _allowed;

    public Task InvokeAsync(HttpContext context)
    {
        // The bound addresses are known only after startup.
        _allowed ??= Allowed();
        var host = context.Request.Host.Host;
        return _allowed.Any(pattern => Matches(pattern, host)) ? next(context) : ApiErrors.HostNotAllowed(host).ExecuteAsync(context);
    }

    private List<string> Allowed()
    {
        List<string> allowed =
            options.Value.AllowedHosts.Count > 0 ? [.. options.Value.AllowedHosts]
            : address.OnlyLoopbackIsBound ? [.. _loopbackNames]
            : ["*"];
        if (options.Value.PublicBaseUrl is not null)
            allowed.Add(address.Base.Host);
        return allowed;
    }

    private static bool Matches(string pattern, string host) =>
        pattern == "*"
        || pattern.Equals(host, StringComparison.OrdinalIgnoreCase)
        || (pattern.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase));
}
