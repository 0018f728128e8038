using System.Text.Json.Nodes;
using Kinema.Core.Pricing;
using Kinema.Core.Upstream;
using Kinema.Engines;

namespace Kinema.Hosted.Tests;

/// <summary>One run, one task, whatever happens in between.</summary>
public sealed class DurabilityTests
{
    private const string Query = "GET /api/v1/tasks/";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_gives_the_address_with_its_query_intact_and_the_checkpoint_before_the_first_query()
    {
        await using var rig = await HostedRig.StartAsync();
        var events = new List<EngineEvent>();
        var queriesAtCheckpoint = -1;
        await foreach (var one in rig.Engine.GenerateAsync(rig.Request(), Ct))
        {
            events.Add(one);
            if (one is EngineEvent.Checkpoint)
                queriesAtCheckpoint = (await rig.Fake.RequestsAsync(Query)).Count;
        }

        queriesAtCheckpoint.ShouldBe(0);
        events.Select(one => one.GetType().Name).ShouldBe(["Checkpoint", "RemoteVideo"]);
        var video = (EngineEvent.RemoteVideo)events[^1];
        video.Location.OriginalString.ShouldMatch(@"^http://127\.0\.0\.1:\d+/result/[^?]+\.mp4\?Expires=\d+&OSSAccessKeyId=fake&Signature=[^&]+%2B%2F%3D$");
        video.ModelData.ToJsonString().ShouldBe(
            $$"""{"provider":"dashscope","provider_model":"wan2.7-i2v","provider_task":"{{(string)(await rig.Fake.TasksAsync()).Single()["id"]!}}","actual_prompt":"a cat","seed":7}""");
        (await rig.Tasks.ReadSpendAsync("acme", Ct)).ShouldBe(new UpstreamSpend(Money.Parse("0.50"), Money.Parse("0.50")));
    }

    [Fact]
    public async Task A_query_that_fails_is_repeated()
    {
        await using var rig = await HostedRig.StartAsync();
        var faults = (string[])["500", "429", "502", "malformed", "refused", "unknown", "strings", "error200"];
        foreach (var fault in faults)
        {
            var isStatus = int.TryParse(fault, out var status);
            await rig.Fake.FaultAsync(Query, isStatus ? "status" : fault, new()
            {
                ["status"] = status,
                ["times"] = 2,
                ["body"] = status == 502 ? "<html>" : new JsonObject { ["code"] = status == 429 ? "Throttling" : "InternalError", ["request_id"] = "r" },
            });

            await rig.VideoOfAsync(rig.Request() with { Key = fault });
        }

        (await rig.Fake.TasksAsync()).Count.ShouldBe(faults.Length);
        (await rig.Tasks.ReadSpendAsync("acme", Ct)).InAll.ShouldBe(Money.Parse("0.50") * faults.Length);
    }

    [Fact]
    public async Task A_submit_that_was_refused_for_now_comes_back()
    {
        await using var rig = await HostedRig.StartAsync();
        foreach (var (status, code) in ((int, string)[])[(429, "Throttling.RateQuota"), (500, "InternalError"), (503, "ModelServiceUnavailable")])
            await rig.Fake.FaultAsync(HostedRig.Submit, "status", new() { ["status"] = status, ["body"] = new JsonObject { ["code"] = code, ["message"] = "later", ["request_id"] = "r" } });

        await rig.VideoOfAsync(rig.Request());
        await rig.Fake.FaultAsync(HostedRig.Submit, "error200", new() { ["times"] = 2 });
        await rig.VideoOfAsync(rig.Request() with { Key = "run-2" });

        (await rig.Fake.RequestsAsync(HostedRig.Submit)).Count.ShouldBe(4 + 3);
        (await rig.Fake.TasksAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_next_worker_goes_on_with_the_task_by_the_store_or_by_the_checkpoint()
    {
        await using var rig = await HostedRig.StartAsync(null, "--running", "1500");
        string? checkpoint = null;
        await foreach (var one in rig.Engine.GenerateAsync(rig.Request(), Ct))
        {
            checkpoint = (one as EngineEvent.Checkpoint)?.State;
            break;
        }

        await rig.RestartAsync();
        await rig.VideoOfAsync(rig.Request());
        await rig.VideoOfAsync(rig.Request() with { Key = "a run of a store that was restored", Checkpoint = checkpoint });

        (await rig.Fake.RequestsAsync(HostedRig.Submit)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_submit_goes_on_to_its_answer_when_its_attempt_is_stopped()
    {
        await using var rig = await HostedRig.StartAsync();
        await rig.Fake.FaultAsync(HostedRig.Submit, "slow", new() { ["ms"] = 700 });
        using (var stop = new CancellationTokenSource())
        {
            var attempt = Task.Run(async () => await rig.Engine.GenerateAsync(rig.Request(), stop.Token).GetAsyncEnumerator(stop.Token).MoveNextAsync());
            while ((await rig.Fake.RequestsAsync(HostedRig.Submit)).Count == 0)
                await Task.Delay(20, Ct);
            await stop.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(attempt);
        }

        await rig.VideoOfAsync(rig.Request());
        (await rig.Fake.RequestsAsync(HostedRig.Submit)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_day_s_spend_holds_up_what_goes_beyond_it()
    {
        await using var rig = await HostedRig.StartAsync(options => options.MaxSpendPerDay = 0.7m);
        await rig.VideoOfAsync(rig.Request());

        var busy = await Should.ThrowAsync<EngineBusyException>(async () =>
        {
            await foreach (var one in rig.Engine.GenerateAsync(rig.Request() with { Key = "run-2" }, Ct))
                one.ShouldBeNull();
        });

        busy.Message.ShouldContain("spends");
        (await rig.Fake.RequestsAsync(HostedRig.Submit)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Tasks_without_their_runs_are_cancelled_while_they_wait_and_watched_and_paid_while_they_run()
    {
        await using var rig = await HostedRig.StartAsync(null, "--slots", "1", "--running", "1500");
        foreach (var key in (string[])["run-1", "run-2"])
        {
            await foreach (var one in rig.Engine.GenerateAsync(rig.Request() with { Key = key }, Ct))
                break;
        }

        while ((string?)(await rig.Fake.TasksAsync())[0]["status"] != "RUNNING")
            await Task.Delay(20, Ct);

        // No run has these keys, as if both had ended.
        await rig.Watcher.StartAsync(Ct);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await rig.Tasks.FindAsync("run-1", limit.Token))!.State != UpstreamState.Ended || (await rig.Tasks.FindAsync("run-2", limit.Token))!.State != UpstreamState.Ended)
            await Task.Delay(50, limit.Token);
        await rig.Watcher.StopAsync(Ct);

        (await rig.Fake.TasksAsync()).Select(task => (string?)task["status"]).ShouldBe(["SUCCEEDED", "CANCELED"]);
        (await rig.Tasks.ReadSpendAsync("acme", Ct)).InAll.ShouldBe(Money.Parse("0.50"));
    }

    [Fact]
    public async Task Many_tasks_are_watched_by_their_list_and_within_the_account_s_rate()
    {
        await using var rig = await HostedRig.StartAsync(options => options.DashScope.PollSeconds = 1, "--slots", "100", "--running", "3000", "--qps", "20");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => rig.VideoOfAsync(rig.Request() with { Key = $"run-{n}" })));

        (await rig.Fake.TasksAsync()).Count.ShouldBe(40);
        var requests = await rig.Fake.RequestsAsync("GET /api/v1/tasks");
        requests.Count.ShouldBeLessThan(130, "40 tasks for some 5 seconds, asked for one by one, would be 200");
    }

    [Fact]
    public async Task A_provider_that_is_down_makes_runs_wait_and_is_left_alone()
    {
        await using var rig = await HostedRig.StartAsync();
        await rig.Fake.FaultAsync(Query, "status", new() { ["status"] = 503, ["times"] = 1000, ["body"] = "<html>" });
        async Task<EngineBusyException> BusyAsync() => await Should.ThrowAsync<EngineBusyException>(async () =>
        {
            await foreach (var one in rig.Engine.GenerateAsync(rig.Request(), Ct))
                one.ShouldBeOfType<EngineEvent.Checkpoint>();
        });

        for (var attempt = 0; attempt < 2; attempt++)
            await BusyAsync();
        var asked = (await rig.Fake.RequestsAsync(Query)).Count;
        var busy = await BusyAsync();

        (busy.Message, busy.RetryAfter).ShouldBe(("The provider has failed several times in a row.", TimeSpan.FromSeconds(15)));
        (await rig.Fake.RequestsAsync(Query)).Count.ShouldBe(asked);
        asked.ShouldBeLessThan(12);
    }
}
