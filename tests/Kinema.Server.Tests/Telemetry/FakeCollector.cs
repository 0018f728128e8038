using System.Collections.Concurrent;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Kinema.Server.Tests.Telemetry;

/// <summary>Takes OTLP over HTTP and keeps it.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, string Key, byte[] Body)> _received = new();
    private WebApplication _app = null!;

    public IEnumerable<SeenSpan> Spans => _received.Where(request => request.Path == "/v1/traces").SelectMany(request => ProtoFields.Spans(request.Body));

    public IEnumerable<string> Paths => _received.Select(request => request.Path).Distinct();

    public IEnumerable<string> Keys => _received.Select(request => request.Key).Distinct();

    public string[] Settings => [$"Telemetry:OtlpEndpoint={_app.Urls.First()}", "Telemetry:OtlpHeaders=x-collector-key=abc", "Outbound:Operator:Allow:0=127.0.0.0/8"];

    /// <summary>The environment of a worker that sends here.</summary>
    public string? Environment(string name) => name switch
    {
        "OTEL_EXPORTER_OTLP_ENDPOINT" => _app.Urls.First(),
        "OTEL_EXPORTER_OTLP_HEADERS" => "x-collector-key=abc",
        _ => null,
    };

    /// <param name="status">What it answers.</param>
    public static async Task<FakeCollector> StartAsync(int status = StatusCodes.Status200OK)
    {
        var collector = new FakeCollector();
        collector._app = await LocalHost.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collector._received.Enqueue((context.Request.Path, context.Request.Headers["x-collector-key"].ToString(), body.ToArray()));
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/x-protobuf";
        });
        return collector;
    }

    /// <summary>Everything as text, to look for what must not be there.</summary>
    public string AllText() => string.Concat(_received.Select(request => System.Text.Encoding.Latin1.GetString(request.Body)));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
