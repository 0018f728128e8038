using Kinema.Server.Configuration;
using Kinema.Server.Connections;
using Kinema.Server.Errors;
using Kinema.Server.Idempotency;
using Kinema.Server.RateLimits;
using Kinema.Server.Telemetry;
using Kinema.Server.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Kinema.Server.Requests;

internal static class HostExtensions
{
    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Configures Kestrel (bound to loopback by default) and logging to standard error.</summary>
    public static WebApplicationBuilder AddKinemaHost(this WebApplicationBuilder builder, KinemaServerOptions options)
    {
        var urls = options.Urls.Count > 0 ? options.Urls : [DefaultUrl];
        if (urls.FirstOrDefault(url => !IsBindable(url)) is { } unusable)
            throw new SettingsException([$"an address to bind is written http://host:port or https://host:port; got \"{unusable}\""]);

        builder.WebHost.UseUrls([.. urls]).UseKestrelCore();
        if (urls.Any(url => BindingAddress.Parse(url).Scheme == "https"))
            builder.AddTls();
        builder.Services.AddConnectionBounds(builder.Configuration);
        builder.Logging
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning) // its messages contain whole URLs with signatures
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddConsole();
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddRoutingCore().AddCrossOrigin().AddSingleton<ServerAddress>().AddSingleton<RequestRates>();
        return builder;
    }

    /// <summary>Adds the middleware of all routes: request id, error body, host filter, other origins, bound of connections, authentication, rates, repeated requests.</summary>
    public static WebApplication UseKinemaPipeline(this WebApplication app)
    {
        app.UseMiddleware<RequestIdMiddleware>();
        app.UseMiddleware<ErrorEnvelopeMiddleware>();
        app.UseMiddleware<HostFilterMiddleware>();
        app.UseTelemetry();
        app.UseRouting();
        app.UseCrossOrigin();
        app.UseMiddleware<ConnectionBoundMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<RequestRateMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<IdempotencyMiddleware>();
        return app;
    }

    private static bool IsBindable(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
