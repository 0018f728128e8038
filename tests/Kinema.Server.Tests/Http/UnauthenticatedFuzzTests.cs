using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Core.Artifacts;
using Kinema.TestSupport;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Http;

/// <summary>No request without a key makes the server fail: random methods, paths, queries, signatures, headers and bodies around every route there is.</summary>
public sealed class UnauthenticatedFuzzTests
{
    private const int Connections = 8;

    private static readonly string[] _documented = ["MODEL_UNAVAILABLE", "QUEUE_FULL", "STORAGE_FULL", "NOT_READY", "SERVER_BUSY"];

    [Fact]
    public Task Two_thousand_random_requests_make_no_failure() => FuzzAsync(2000, seed: 20261129);

    [Fact]
    [Trait("Set", "long")]
    public Task A_hundred_thousand_random_requests_make_no_failure() => FuzzAsync(100_000, Random.Shared.Next());

    private static async Task FuzzAsync(int requests, int seed)
    {
        using var errors = new ErrorLog();
        await using var server = await TestServer.StartIdleAsync(["Server:AnonymousRequestsPerMinute=0"], builder => builder.Logging.AddProvider(errors));
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => (m, "/" + e.RoutePattern.RawText!.TrimStart('/'))))
            .ToList();
        routes.Count.ShouldBeGreaterThan(25);
        var links = await LinksAsync(server);

        var answers = new ConcurrentDictionary<int, int>();
        await Parallel.ForAsync(0, Connections, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = Ct }, async (connection, ct) =>
        {
            using var raw = new RawConnection(server.Url);
            for (var i = connection; i < requests; i += Connections)
            {
                var request = RandomRequest.Draw(new Random(unchecked(seed + i)), routes, links);
                var (status, body) = await raw.SendAsync(Encoding.Latin1.GetBytes(request.Text), request.Method == "HEAD", request.IsCutShort, ct);
                if (status is { } seen)
                    answers.AddOrUpdate(seen, 1, (_, count) => count + 1);
                if (status >= 500 && !IsDocumented(status.Value, body, request.Method))
                    Assert.Fail($"Request {i} of seed {seed} got {status}: {body}\n{request.Text}");
                if (errors.Messages.TryPeek(out var error))
                    Assert.Fail($"Up to request {i} of seed {seed} the server logged: {error}\n{request.Text}");
            }
        });

        // Enough requests came through the host and the signatures to the code behind them.
        answers.Values.Sum().ShouldBeGreaterThan(requests * 8 / 10);
        foreach (var expected in (int[])[200, 400, 401, 403, 404, 405])
            answers.ContainsKey(expected).ShouldBeTrue($"No request of seed {seed} got {expected}.");
        (await server.Client.GetAsync("/v1/runs", Ct)).EnsureSuccessStatusCode();
    }

    private static bool IsDocumented(int status, string body, string method) =>
        status == 503 && (method == "HEAD" || _documented.Contains(JsonNode.Parse(body)!["code"].Text()));

    private static async Task<IReadOnlyList<string>> LinksAsync(TestServer server)
    {
        var urls = server.Services.GetRequiredService<ISignedUrls>();
        var org = server.Caller.OrgId;
        var announced = await (await server.Client.PostAsync(
            "/v1/asset-uploads", Json("""{"filename":"a.png","mime_type":"image/png","size_bytes":9}"""), Ct)).ReadJsonAsync();
        var stored = await (await server.Client.PostAsync(
            "/v1/asset-uploads", Json("""{"filename":"..\\b/\u00e9.png","mime_type":"image/png","size_bytes":3}"""), Ct)).ReadJsonAsync();
        using var content = new ByteArrayContent([1, 2, 3]);
        (await server.Client.PutAsync(stored["upload_url"].Text(), content, Ct)).EnsureSuccessStatusCode();
        string[] keys = ["", "x", "a/b/c", $"{Guid.Empty}/1/video.mp4", "../../kinema.db", "%2e%2e/master.key", "%00", "é"];
        return
        [
            new Uri(announced["upload_url"].Text()).PathAndQuery,
            new Uri(stored["upload_url"].Text()).PathAndQuery,
            urls.ForAsset(org, Guid.Parse(stored["asset_id"].Text())).PathAndQuery,
            urls.ForAsset(org, Guid.Parse(announced["asset_id"].Text())).PathAndQuery,
            urls.ForAsset(Guid.Empty, Guid.Empty).PathAndQuery,
            urls.ForUpload(org, Guid.Empty).PathAndQuery,
            .. keys.Select(key => urls.ForArtifact(org, key).PathAndQuery),
        ];
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Messages { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Messages.Enqueue($"{formatter(state, exception)}: {exception}");
        }

        public void Dispose()
        {
        }
    }
}
