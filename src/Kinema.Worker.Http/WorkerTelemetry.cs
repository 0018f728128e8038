using System.Reflection;
using Kinema.Core.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kinema.Worker.Http;

/// <summary>Sends a worker's spans, metrics and log to a collector, where its environment names one.</summary>
public static class WorkerTelemetry
{
    // Names of the OpenTelemetry specification, "OpenTelemetry Protocol Exporter".
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Headers = "OTEL_EXPORTER_OTLP_HEADERS", Service = "OTEL_SERVICE_NAME";

    /// <summary>Adds the exporters; nothing if there is no endpoint.</summary>
    /// <param name="services">The services.</param>
    /// <param name="variable">The environment.</param>
    /// <remarks>Attempts belong to the trace that their run says. One whose run nobody traces is none, so that this process begins no traces of its own.</remarks>
    public static IServiceCollection AddWorkerTelemetry(this IServiceCollection services, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable(Endpoint) is not { Length: > 0 } endpoint)
            return services;

        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(variable(Service) is { Length: > 0 } name ? name : "kinema-worker", serviceVersion: Version))
            .WithTracing(traces => traces
                .AddSource(Traces.SourceName)
                .SetSampler(new ParentBasedSampler(new AlwaysOffSampler()))
                .AddOtlpExporter(exporter => Configure(exporter, "traces")))
            .WithMetrics(metrics => metrics.AddMeter(RunMetrics.MeterName, "System.Runtime").AddOtlpExporter(exporter => Configure(exporter, "metrics")))
            .WithLogging(logs => logs.AddOtlpExporter(exporter => Configure(exporter, "logs")));
        return services;

        void Configure(OtlpExporterOptions exporter, string signal)
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new($"{endpoint.TrimEnd('/')}/v1/{signal}");
            exporter.Headers = variable(Headers);
        }
    }

    private static string Version { get; } = typeof(WorkerTelemetry).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
