using Kinema.Server.Status;
using Kinema.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Telemetry;

internal static class TelemetryExtensions
{
    /// <summary>Exports traces, metrics and logs where the settings name a receiver.</summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
        builder.Services.AddKinemaTelemetry(builder.Logging, settings, StatusEndpoints.Version);
        return builder;
    }

    /// <summary>Adds the page for Prometheus, if it has a token.</summary>
    public static WebApplication UseTelemetry(this WebApplication app)
    {
        app.UseKinemaMetrics(app.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value);
        return app;
    }
}
