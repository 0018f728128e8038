using Kinema.Engines;
using Kinema.Fleets.Endpoints;

namespace Kinema.Fleets.Tests;

public sealed class EndpointTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_go_to_the_server_that_has_the_fewest_and_no_server_gets_more_than_its_places()
    {
        await using var rig = await FleetRig.StartAsync("vllm-omni", servers: 2, fakeArguments: ["--running", "1500"]);
        List<Task<(byte[] Video, IReadOnlyList<EngineEvent> Events)>> runs = [rig.RunAsync(FleetRig.Request("a")), rig.RunAsync(FleetRig.Request("b"))];
        while ((await Task.WhenAll(rig.Fakes.Select(fake => fake.TasksAsync()))).Any(tasks => tasks.Count == 0))
            await Task.Delay(20, Ct);

        (await Should.ThrowAsync<EngineBusyException>(() => rig.RunAsync(FleetRig.Request("c")))).Message.ShouldBe("Every server of the fleet is busy or does not answer.");

        (await Task.WhenAll(runs)).ShouldAllBe(run => run.Video.Length > 0);
        foreach (var fake in rig.Fakes)
            (await fake.RequestsAsync("POST /v1/")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_gets_no_runs_until_it_answers_again()
    {
        await using var rig = await FleetRig.StartAsync("vllm-omni", servers: 2);
        await rig.Fakes[0].FaultAsync("GET /health", "status", new() { ["status"] = 503, ["times"] = 1 });
        await rig.Health.StartAsync(Ct);
        while ((await rig.Fakes[0].RequestsAsync("GET /health")).Count == 0 || (await rig.Fakes[1].RequestsAsync("GET /health")).Count == 0)
            await Task.Delay(20, Ct);
        await Task.Delay(200, Ct);

        await rig.RunAsync(FleetRig.Request());

        (await rig.Fakes[0].RequestsAsync("POST /v1/")).ShouldBeEmpty();
        await rig.Health.StopAsync(Ct);
    }

    [Fact]
    public async Task A_server_that_is_drained_gets_no_new_runs_and_ends_those_it_has()
    {
        await using var rig = await FleetRig.StartAsync("vllm-omni", servers: 2, configure: fleet => fleet with { Draining = [fleet.Endpoints[0]] });
        await rig.RunAsync(FleetRig.Request("a"));
        await rig.RunAsync(FleetRig.Request("b"));
        (await rig.Fakes[0].RequestsAsync("POST /v1/")).ShouldBeEmpty();

        await using var before = await FleetRig.StartAsync("vllm-omni", fakeArguments: ["--running", "500"]);
        using var place = rig.Engine.Pool.Resume(before.Fake.Url, "job");
        place.Address.ShouldBe(before.Fake.Url);
        rig.Engine.Pool.TryTake()!.Address.ShouldBe(rig.Fakes[1].Url);
    }

    [Theory]
    [InlineData("vllm-omni", true)]
    [InlineData("fastvideo", false)]
    [InlineData("lightx2v", false)]
    public async Task A_cancelled_run_frees_its_server_when_that_has_really_ended(string dialect, bool atOnce)
    {
        await using var rig = await FleetRig.StartAsync(dialect, fakeArguments: ["--running", "3000"]);
        using var cancel = new CancellationTokenSource();
        var run = rig.RunAsync(FleetRig.Request(), cancel.Token);
        while ((await rig.Fake.TasksAsync()).Count == 0)
            await Task.Delay(20, Ct);
        await Task.Delay(300, Ct);

        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        await Task.Delay(1000, Ct);

        using (var place = rig.Engine.Pool.TryTake())
            (place is not null).ShouldBe(atOnce);
        while (rig.Engine.Pool.TryTake() is var later)
        {
            if (later is not null)
            {
                later.Dispose();
                break;
            }

            await Task.Delay(50, Ct);
        }
    }

    [Theory]
    [InlineData("vllm-omni")]
    [InlineData("sglang")]
    [InlineData("fastvideo")]
    [InlineData("lightx2v")]
    public async Task Many_jobs_of_a_server_are_looked_at_by_its_list(string dialect)
    {
        await using var rig = await FleetRig.StartAsync(dialect, configure: fleet => fleet with { Concurrency = 6, PollSeconds = 0.3 }, fakeArguments: ["--running", "400"]);

        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => rig.RunAsync(FleetRig.Request($"run-{n}"))));

        runs.ShouldAllBe(run => run.Video.Length > 0);
        var looks = (await rig.Fake.RequestsAsync("GET /v1/")).Select(request => request["path"]!.ToString()).ToList();
        looks.ShouldContain(path => path == "/v1/videos?limit=100" || path == "/v1/tasks/");
    }

    [Fact]
    public async Task A_run_whose_process_ends_keeps_its_job()
    {
        await using var rig = await FleetRig.StartAsync("vllm-omni", fakeArguments: ["--running", "3000"]);
        using var cancel = new CancellationTokenSource();
        var run = rig.RunAsync(FleetRig.Request(), cancel.Token);
        while ((await rig.Fake.TasksAsync()).Count == 0)
            await Task.Delay(20, Ct);

        rig.StopApplication();
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        await Task.Delay(500, Ct);

        (await rig.Fake.RequestsAsync("DELETE")).ShouldBeEmpty();
        (await rig.Fake.TasksAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public void Least_loaded_is_counted_by_places_taken()
    {
        Uri[] servers = [new("http://a"), new("http://b")];
        var pool = new EndpointPool(new FleetOptions { Name = "x", Dialect = FleetDialect.VllmOmni, Endpoints = servers, Concurrency = 2 });
        using var resumed = pool.Resume(servers[0], "job");
        pool.TryTake()!.Address.ShouldBe(servers[1]);
        pool.TryTake()!.Address.ShouldBe(servers[0]);
        pool.TryTake()!.Address.ShouldBe(servers[1]);
        pool.TryTake().ShouldBeNull();
    }
}
