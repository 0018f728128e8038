using Kinema.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Kinema.Server.Telemetry;

/// <summary>Says where telemetry goes, and whether it arrives.</summary>
internal static class ExamineTelemetry
{
    /// <param name="services">The server's services.</param>
    /// <param name="ct">Stops the question to the collector.</param>
    /// <returns>What is exported, and a sentence on what is wrong or null.</returns>
    public static async Task<(string What, string? Problem)> HandleAsync(IServiceProvider services, CancellationToken ct)
    {
        var settings = services.GetRequiredService<IOptions<TelemetryOptions>>().Value;
        List<string> receivers = [];
        if (settings.OtlpEndpoint is { } collector)
            receivers.Add($"traces, metrics and logs to {collector.GetLeftPart(UriPartial.Authority)}");
        if (settings.MetricsToken is not null)
            receivers.Add("metrics at /metrics");
        return (receivers.Count == 0 ? "none exported" : string.Join("; ", receivers), await services.GetRequiredService<CollectorProbe>().FindProblemAsync(ct));
    }
}
