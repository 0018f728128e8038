using System.Diagnostics;

namespace Kinema.Core.Telemetry;

/// <summary>
/// Spans of what becomes of a run, in the trace of the request that created it (W3C Trace Context). Without somebody who listens, and without a trace of the caller's, nothing is
/// made or stored.
/// </summary>
public sealed class Traces : IDisposable
{
    /// <summary>Name of the source of all spans.</summary>
    public const string SourceName = "Kinema";

    private readonly ActivitySource _source = new(SourceName);

    /// <summary>Where what a request leads to belongs: below its span, else where its caller's header says. Null if nobody traces it.</summary>
    /// <param name="header">The request's header <c>traceparent</c>.</param>
    public static string? Of(string? header) => Current ?? (ActivityContext.TryParse(header, traceState: null, out _) ? header : null);

    private static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C } request && (request.Recorded || request.ParentId is not null) ? request.Id : null;

    /// <summary>Begins a span of a run's attempt or callback. Dispose it at its end.</summary>
    /// <param name="name">What is done, in a few words; the same for all runs.</param>
    /// <param name="kind">Whether it takes work from a queue, asks a server, or neither.</param>
    /// <param name="traceParent">Of the run; null begins a trace of its own.</param>
    /// <param name="runId">The run.</param>
    /// <returns>Null if nobody listens.</returns>
    public Activity? StartOfRun(string name, ActivityKind kind, string? traceParent, Guid runId)
    {
        _ = ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent);
        return _source.StartActivity(name, kind, parent)?.SetTag("kinema.run.id", runId);
    }

    /// <summary>Begins a span within the present one; null if nobody listens.</summary>
    public Activity? Start(string name) => _source.StartActivity(name);

    public void Dispose() => _source.Dispose();
}
