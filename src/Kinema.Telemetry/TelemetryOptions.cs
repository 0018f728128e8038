using System.ComponentModel.DataAnnotations;

namespace Kinema.Telemetry;

/// <summary>Section <c>Telemetry</c>: where traces, metrics and logs go. By default nowhere.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    public const string Section = "Telemetry";

    /// <summary>
    /// Base address of an OpenTelemetry collector that takes OTLP over HTTP, such as <c>http://127.0.0.1:4318</c>. Traces, metrics and logs go there.
    /// <c>Outbound:Operator:Allow</c> opens addresses that are not public.
    /// </summary>
    public Uri? OtlpEndpoint { get; set; }

    /// <summary>Headers for the collector, <c>name=value</c> with commas between them; better in the environment than on the command line.</summary>
    [StringLength(4096)]
    public string? OtlpHeaders { get; set; }

    /// <summary>Name of this service in traces and metrics.</summary>
    [Required]
    [StringLength(100)]
    public string ServiceName { get; set; } = "kinema";

    /// <summary>Share of requests that begin a trace, 0 to 1. A caller that traces its request decides for it.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 1;

    /// <summary>Bearer token that Prometheus sends to <c>/metrics</c>. Without one there is no such page.</summary>
    [StringLength(200, MinimumLength = 16)]
    public string? MetricsToken { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.UserInfo.Length > 0 || endpoint.Query.Length > 0))
            yield return new("must be an absolute http or https URL without user, password and query", [nameof(OtlpEndpoint)]);
        if (OtlpHeaders is { Length: > 0 } headers && headers.Split(',').Any(header => header.IndexOf('=', StringComparison.Ordinal) < 1))
            yield return new("must be name=value pairs with commas between them", [nameof(OtlpHeaders)]);
    }

    /// <summary>Address of one kind of telemetry; OTLP, "OTLP/HTTP request".</summary>
    internal Uri PathOf(string signal) => new($"{OtlpEndpoint!.AbsoluteUri.TrimEnd('/')}/v1/{signal}");
}
