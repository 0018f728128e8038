using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kinema.Telemetry;

/// <summary><c>GET /metrics</c> in Prometheus' text format, for whoever has the token: its figures are of all organisations together.</summary>
public static class MetricsPage
{
    internal const string Path = "/metrics";

    private const string Scheme = "Bearer ";

    /// <summary>Adds the page if the settings have a token.</summary>
    public static void UseKinemaMetrics(this IApplicationBuilder app, TelemetryOptions settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.MetricsToken is not { } token)
            return;

        var expected = Encoding.UTF8.GetBytes(token);
        app.UseWhen(
            context => context.Request.Path == Path,
            page => page
                .Use((context, next) => IsAllowed(context.Request, expected) ? next(context) : RefuseAsync(context.Response))
                .UseOpenTelemetryPrometheusScrapingEndpoint());
    }

    private static bool IsAllowed(HttpRequest request, byte[] expected) =>
        HttpMethods.IsGet(request.Method)
        && request.Headers.Authorization.ToString() is var given && given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[Scheme.Length..].Trim()), expected);

    private static Task RefuseAsync(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = "Bearer";
        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync("GET /metrics needs the bearer token of Telemetry:MetricsToken.\n");
    }
}
