using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Workers;

/// <summary>What a caller sees of a run, wherever its worker stands.</summary>
public abstract class WorkerConformance
{
    private protected abstract Task<WorkerRig> StartAsync(IVideoEngine engine);

    [Fact]
    public async Task A_run_becomes_a_video_with_its_record_its_pictures_and_its_price()
    {
        await using var rig = await StartAsync(new PlayedEngine());
        var id = await WorkingServer.CreateAsync(rig.Server);
        var events = await EventReader.ReadAllAsync(rig.Server.Client, id, Ct);
        var run = await WorkingServer.WaitForEndAsync(rig.Server, id);

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["cost"]!.ToJsonString().Trim('"').ShouldStartWith("0.2");
        var data = run["output"]!["model_data"]!;
        data["engine"].Text().ShouldBe("motion");
        data["engine_version"].Text().ShouldBe("played");
        data["zoom"]!.GetValue<double>().ShouldBe(1.1);
        data["inputs"]![0]!["field"].Text().ShouldBe("image_url");
        data["inputs"]![0]!["sha256"].Text().Length.ShouldBe(64);

        using var anyone = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var video = new TemporaryFolder();
        var path = Path.Combine(video.FullPath, "video.mp4");
        await File.WriteAllBytesAsync(path, await anyone.GetByteArrayAsync(run["output"]!["outputs"]![0]!["url"].Text(), Ct), Ct);
        (await Ffprobe.ReadVideoAsync(path, Ct))["nb_read_frames"].Text().ShouldBe("10");

        events.Where(e => e.Type == "status").Select(e => e.Data["status_code"].Text()).ShouldBe(["queued", "dispatching", "running", "succeeded"]);
        var last = events.Last(e => e.Type == "progress").Data;
        (last["done"]!.GetValue<int>(), last["total"]!.GetValue<int>()).ShouldBe((10, 10));
    }

    [Fact]
    public async Task The_times_of_the_phases_fit_into_the_whole()
    {
        await using var rig = await StartAsync(new PlayedEngine());
        var run = await WorkingServer.WaitForEndAsync(rig.Server, await WorkingServer.CreateAsync(rig.Server));

        var timing = run["output"]!["timing"]?.AsObject() ?? run["output"]!["model_data"]!["timing"]!.AsObject();
        var phases = timing.Where(t => t.Key != "total_ms" && t.Key.EndsWith("_ms", StringComparison.Ordinal)).Select(t => t.Value!.GetValue<long>()).ToList();
        phases.ShouldAllBe(ms => ms >= 0);
        phases.Sum().ShouldBeLessThanOrEqualTo(timing["total_ms"]!.GetValue<long>() + 5);
    }

    [Fact]
    public async Task Previews_and_log_lines_reach_the_caller()
    {
        await using var rig = await StartAsync(new PlayedEngine { Play = (_, _) => Talk() });

        var events = await EventReader.ReadAllAsync(rig.Server.Client, await WorkingServer.CreateAsync(rig.Server), Ct);

        events.ShouldContain(e => e.Type == "preview");
        events.Single(e => e.Type == "log" && e.Data["message"].Text() == "It is getting dark.").Data["level"].Text().ShouldBe("warning");
        events.ShouldContain(e => e.Type == "progress" && e.Data["stage"].Text() == "denoising");

        static async IAsyncEnumerable<EngineEvent> Talk()
        {
            yield return new EngineEvent.Progress("denoising", 1, 4);
            yield return new EngineEvent.Preview("image/png", TestEngine.PreviewPicture);
            yield return new EngineEvent.Log(EngineLogLevel.Warning, "It is getting dark.");
            await foreach (var made in PlayedEngine.FramesAsync())
                yield return made;
        }
    }

    [Fact]
    public async Task A_cancelled_run_stops_within_two_seconds_and_costs_nothing()
    {
        var engine = new PlayedEngine { Play = (_, ct) => PlayedEngine.UntilStoppedAsync(ct) };
        await using var rig = await StartAsync(engine);
        var id = await WorkingServer.CreateAsync(rig.Server);
        await engine.Began.WaitAsync(Ct);

        var asked = Stopwatch.GetTimestamp();
        (await rig.Server.Client.PostAsync($"/v1/runs/{id}/cancellation", Json(new JsonObject()), Ct)).EnsureSuccessStatusCode();
        var run = await WorkingServer.WaitForEndAsync(rig.Server, id);

        run["status_code"].Text().ShouldBe("canceled");
        Stopwatch.GetElapsedTime(asked).ShouldBeLessThan(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_fetched_fails_the_run_before_the_engine_is_asked()
    {
        var engine = new PlayedEngine();
        await using var rig = await StartAsync(engine);
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = "http://127.0.0.1:9/nothing.png";

        var run = await WorkingServer.WaitForEndAsync(rig.Server, await WorkingServer.CreateAsync(rig.Server, body));

        run["failure_code"].Text().ShouldBe("INPUT_MEDIA_UNREACHABLE", run.ToJsonString());
        engine.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_picture_that_the_engine_refuses_is_named_by_its_field()
    {
        await using var rig = await StartAsync(new PlayedEngine { Support = new(MediaRole.FirstFrame, "is too dark for this engine") });

        var run = await WorkingServer.WaitForEndAsync(rig.Server, await WorkingServer.CreateAsync(rig.Server));

        (run["failure_code"].Text(), run["failure_message"].Text()).ShouldBe(("INPUT_MEDIA_INVALID", "input.image_url: is too dark for this engine"));
    }

    [Fact]
    public async Task A_failure_that_the_engine_announces_is_the_callers_to_read_and_is_not_tried_again()
    {
        var engine = new PlayedEngine { Play = (_, _) => throw new EngineException("There is no horizon.") };
        await using var rig = await StartAsync(engine);

        var run = await WorkingServer.WaitForEndAsync(rig.Server, await WorkingServer.CreateAsync(rig.Server));

        (run["failure_code"].Text(), run["failure_message"].Text()).ShouldBe(("ENGINE_FAILED", "There is no horizon."));
        engine.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task An_attempt_that_broke_is_followed_by_one_that_gets_its_checkpoint()
    {
        string? resumed = null;
        var first = true;
        await using var rig = await StartAsync(new PlayedEngine { Play = Play });

        var run = await WorkingServer.WaitForEndAsync(rig.Server, await WorkingServer.CreateAsync(rig.Server));

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        resumed.ShouldBe("step 7");

        async IAsyncEnumerable<EngineEvent> Play(VideoRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            resumed = request.Checkpoint;
            if (first)
            {
                first = false;
                yield return new EngineEvent.Checkpoint("step 7");
                throw new InvalidOperationException("The power went.");
            }

            await foreach (var made in PlayedEngine.FramesAsync().WithCancellation(ct))
                yield return made;
        }
    }
}

public sealed class InProcessWorkerTests : WorkerConformance
{
    private protected override Task<WorkerRig> StartAsync(IVideoEngine engine) => WorkerRig.InProcessAsync(engine);
}

public sealed class RemoteWorkerTests : WorkerConformance
{
    private protected override Task<WorkerRig> StartAsync(IVideoEngine engine) => WorkerRig.RemoteAsync(engine);

    [Fact]
    public async Task A_worker_that_is_stopped_hands_its_run_back_and_another_makes_it_in_the_first_attempt()
    {
        await using var server = await WorkerRig.StartServerAsync();
        var engine = new PlayedEngine { Play = (_, ct) => PlayedEngine.UntilStoppedAsync(ct) };
        var stop = await WorkerRig.ConnectAsync(server, engine);
        var id = await WorkingServer.CreateAsync(server);
        await engine.Began.WaitAsync(Ct);

        await stop();
        var stopOther = await WorkerRig.ConnectAsync(server, new PlayedEngine());
        var run = await WorkingServer.WaitForEndAsync(server, id);
        await stopOther();

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        var ledger = server.Services.GetService(typeof(Core.Runs.IRunLedger)) as Core.Runs.IRunLedger;
        (await ledger!.FindAsync(server.Caller.OrgId, Guid.Parse(id), Ct))!.AttemptCount.ShouldBe(1);
    }
}
