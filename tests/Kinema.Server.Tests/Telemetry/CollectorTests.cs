using System.Net;
using Kinema.Server.Telemetry;
using Kinema.Server.Tests.Runs;
using Kinema.Server.Tests.Workers;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Telemetry;

/// <summary>What a collector gets of a run, made in the server's process and by a worker behind the protocol.</summary>
public sealed class CollectorTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c", Caller = "b7ad6b7169203331";
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_run_is_one_trace_from_the_callers_request_to_its_callback(bool isRemote)
    {
        await using var collector = await FakeCollector.StartAsync();
        await using var receiver = await CallbackReceiver.StartAsync();
        await using (var rig = await StartAsync(isRemote, [.. collector.Settings, .. TestSettings.OpenLoopback]))
        {
            var body = WorkingServer.RunBody();
            body["input"]!["prompt"] = "a secret wish";
            body["callback_url"] = receiver.Url.AbsoluteUri;
            using var request = new HttpRequestMessage(HttpMethod.Post, SharedServer.RunsPath) { Content = Json(body) };
            request.Headers.Add("traceparent", $"00-{TraceId}-{Caller}-01");
            using var created = await rig.Server.Client.SendAsync(request, Ct);
            created.StatusCode.ShouldBe(HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Ct));
            await WorkingServer.WaitForEndAsync(rig.Server, (await created.ReadJsonAsync())["id"].Text());
            await receiver.NextAsync(Ct).WaitAsync(_limit, Ct);
        }

        // What is under way is sent when the server ends.
        var spans = collector.Spans.Where(span => span.TraceId == TraceId).ToList();
        var asked = spans.SingleOrDefault(span => span.ParentId == Caller).ShouldNotBeNull();
        asked.Name.ShouldStartWith("POST /v1/models/");
        var callback = spans.Single(span => span.Name == "callback");
        callback.ParentId.ShouldBe(asked.Id);
        var attempt = spans.Single(span => span.Name == "attempt");
        attempt.ParentId.ShouldBe(asked.Id);
        spans.Where(span => span.ParentId == attempt.Id).Select(span => span.Name).ShouldBe(["prepare", "generate", "deliver"], ignoreOrder: true);
        collector.Keys.ShouldBe(["abc"]);
        collector.Paths.ShouldBeSubsetOf(["/v1/traces", "/v1/metrics", "/v1/logs"]);
        var all = collector.AllText();
        all.ShouldNotContain("secret wish");
        all.ShouldNotContain("Bearer");
        all.ShouldNotContain("X-Signature=", Case.Insensitive);
    }

    /// <summary>Its server exports nothing: what arrives is the worker's own.</summary>
    [Fact]
    public async Task A_worker_elsewhere_sends_its_attempt_itself_where_its_environment_names_a_collector()
    {
        await using var collector = await FakeCollector.StartAsync();
        var server = await WorkerRig.StartServerAsync();
        await using (var rig = new WorkerRig(server, await WorkerRig.ConnectAsync(server, new SeeingEngine(), collector.Environment)))
        {
            foreach (var parent in (string?[])[$"00-{TraceId}-{Caller}-01", null])
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, SharedServer.RunsPath) { Content = Json(WorkingServer.RunBody()) };
                if (parent is not null)
                    request.Headers.Add("traceparent", parent);
                using var created = await rig.Server.Client.SendAsync(request, Ct);
                await WorkingServer.WaitForEndAsync(rig.Server, (await created.ReadJsonAsync())["id"].Text());
            }
        }

        // The second run is in nobody's trace.
        var attempt = collector.Spans.Single(span => span.Name == "attempt");
        (attempt.TraceId, attempt.ParentId).ShouldBe((TraceId, Caller));
        collector.Spans.Where(span => span.ParentId == attempt.Id).Select(span => span.Name).ShouldBe(["prepare", "generate", "deliver"], ignoreOrder: true);
        collector.Keys.ShouldBe(["abc"]);
    }

    [Fact]
    public async Task A_collector_that_is_away_or_refuses_costs_no_run_and_doctor_says_so()
    {
        await using var collector = await FakeCollector.StartAsync(500);
        await using var server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System), collector.Settings);
        var run = await WorkingServer.WaitForEndAsync(server, await WorkingServer.CreateAsync(server));

        run["status_code"].Text().ShouldBe("succeeded");
        var (what, problem) = await ExamineTelemetry.HandleAsync(server.Services, Ct);
        what.ShouldStartWith("traces, metrics and logs to http://127.0.0.1:");
        problem.ShouldBe("the collector answers 500");
    }

    private static async Task<WorkerRig> StartAsync(bool isRemote, IReadOnlyList<string> settings)
    {
        if (!isRemote)
            return await WorkerRig.InProcessAsync(new SeeingEngine(), [.. settings]);

        var server = await WorkerRig.StartServerAsync([.. settings]);
        return new(server, await WorkerRig.ConnectAsync(server, new SeeingEngine()));
    }
}
