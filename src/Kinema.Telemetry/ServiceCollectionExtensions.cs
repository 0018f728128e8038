using Kinema.Core.Telemetry;
using Kinema.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Instrumentation.AspNetCore;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kinema.Telemetry;

public static class ServiceCollectionExtensions
{
    /// <summary>The three kinds of telemetry, as OTLP's paths name them.</summary>
    private const string Traces = "traces", Metrics = "metrics", Logs = "logs";

    private const int MaxAnswerBytes = 1 << 20;

    /// <summary>What says how a process is, beside its own runs: requests, connections, the runtime.</summary>
    private static readonly string[] _meters =
        [RunMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <summary>Paths whose requests say nothing: probes, and workers that wait.</summary>
    private static readonly PathString[] _quiet = ["/v1/health", "/v1/readiness", "/v1/worker/claims", "/v1/worker/heartbeats", MetricsPage.Path];

    /// <summary>Exports traces, metrics and logs as the settings say. With none of them set nothing is added. Needs the outbound guard and the store.</summary>
    /// <param name="services">The services.</param>
    /// <param name="logging">The host's logging.</param>
    /// <param name="settings">The settings; checked.</param>
    /// <param name="version">Version of the program.</param>
    public static IServiceCollection AddKinemaTelemetry(this IServiceCollection services, ILoggingBuilder logging, TelemetryOptions settings, string version)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(logging);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton<CollectorProbe>();
        if (settings.OtlpEndpoint is null && settings.MetricsToken is null)
            return services;

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService(settings.ServiceName, serviceVersion: version));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(_meters);
            if (settings.MetricsToken is not null)
                metrics.AddPrometheusExporter();
            if (settings.OtlpEndpoint is not null)
                metrics.AddOtlpExporter(Metrics, configure: null);
        });
        services.AddHostedService<StateGauges>();
        if (settings.OtlpEndpoint is null)
            return services;

        foreach (var signal in (string[])[Traces, Metrics, Logs])
            services.AddOptions<OtlpExporterOptions>(signal).Configure<IOutboundHandlers>((exporter, handlers) => Configure(exporter, settings, signal, handlers));
        services.Configure<AspNetCoreTraceInstrumentationOptions>(requests => requests.Filter = context => !_quiet.Contains(context.Request.Path));
        telemetry.WithTracing(traces => traces
            .AddSource(Core.Telemetry.Traces.SourceName)
            .AddAspNetCoreInstrumentation()
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TraceRatio)))
            .AddOtlpExporter(Traces, configure: null));
        logging.AddOpenTelemetry(logs => logs.AddOtlpExporter(Logs, configure: null));
        return services;
    }

    private static void Configure(OtlpExporterOptions exporter, TelemetryOptions settings, string signal, IOutboundHandlers handlers)
    {
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = settings.PathOf(signal);
        exporter.Headers = settings.OtlpHeaders;
        exporter.HttpClientFactory = () => handlers.CreateBlockingClientForOperator(MaxAnswerBytes);
    }
}
