using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Media;
using Kinema.TestSupport;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Workers;

/// <summary>A worker on another machine is not trusted: nothing that it says may reach another run, another file or the price.</summary>
public sealed class LyingWorkerTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private RawWorker _worker = null!;
    private (string Name, byte[] Content)[] _good = [];

    private string[] Scratch => Directory.GetDirectories(Path.Combine(_server.DataFolder, "scratch"));

    public async ValueTask InitializeAsync()
    {
        _server = await WorkerRig.StartServerAsync("Worker:ReapSeconds=1");
        _worker = await RawWorker.RegisterAsync(_server);
        _good = await MakeFilesAsync(seconds: 2);
    }

    public async ValueTask DisposeAsync()
    {
        _worker.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_a_run_costs_comes_from_the_file()
    {
        var id = await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();

        // One second of the two that were asked for.
        var delivery = await _worker.DeliverAsync(await MakeFilesAsync(seconds: 1));
        (await delivery.ReadJsonAsync())["is_accepted"]!.GetValue<bool>().ShouldBeTrue();

        var run = await FindAsync(id);
        run.Status.ShouldBe(RunStatus.Succeeded);
        run.Cost!.Value.Micros.ShouldBe(run.Held.Micros / 2);
        var video = run.Output!.Artifacts.Single(a => a.Role == "video");
        (video.Width, video.Height, video.FramesPerSecond, video.FrameCount, video.DurationSeconds).ShouldBe((64, 48, 5, 5, 1.0));
        video.Key.ShouldStartWith($"{id}/");
        run.Output.Timing.InferenceMs.ShouldBeLessThanOrEqualTo(run.Output.Timing.TotalMs);
        run.Output.Timing.EncodeMs.ShouldBe(0);
        Scratch.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text", "is not an MP4 file")]
    [InlineData("long", "lasts 3 seconds; 2 were asked for")]
    [InlineData("poster", "poster")]
    [InlineData("sizes", "pixels and the video")]
    public async Task Files_that_are_not_what_was_asked_for_fail_the_run_at_no_cost(string lie, string reason)
    {
        var id = await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();
        var files = lie switch
        {
            "text" => With("video.mp4", Encoding.UTF8.GetBytes("This is a video, believe me.")),
            "long" => await MakeFilesAsync(seconds: 3),
            "poster" => With("poster.jpg", _good[2].Content),
            _ => With("last-frame.png", TestEngine.PreviewPicture.ToArray()),
        };

        var reply = await (await _worker.DeliverAsync(files)).ReadJsonAsync();

        reply["problem"].Text().ShouldContain(reason);
        var run = await FindAsync(id);
        (run.Status, run.Failure!.Code, run.Cost!.Value.Micros, run.AttemptCount).ShouldBe((RunStatus.Failed, "ENGINE_CONTRACT", 0, 1));
        Scratch.ShouldBeEmpty("what was refused must not fill the disk");
    }

    [Fact]
    public async Task A_file_that_arrived_otherwise_than_it_was_sent_is_asked_for_again()
    {
        await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();
        foreach (var (name, content) in _good)
            (await _worker.UploadAsync(name, content)).EnsureSuccessStatusCode();
        var damaged = (byte[])_good[0].Content.Clone();
        damaged[^1] ^= 1;

        var reply = await (await _worker.PostAsync(_worker.Attempt + "/delivery", RawWorker.Delivery([("video.mp4", damaged), .. _good[1..]]))).ReadJsonAsync();

        reply["is_accepted"]!.GetValue<bool>().ShouldBeFalse();
        reply["problem"].Text().ShouldBe("video.mp4 arrived damaged");
        (await _worker.GetAsync(_worker.Attempt + "/artifacts/video.mp4")).Headers.GetValues("Upload-Offset").ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("..%2F..%2Fkinema.db")]
    [InlineData("other.mp4")]
    [InlineData("video.mp4%00")]
    public async Task A_worker_chooses_no_name(string name)
    {
        await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();

        (await _worker.UploadAsync(name, [1, 2, 3])).StatusCode.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Another_workers_run_is_out_of_reach()
    {
        var id = await WorkingServer.CreateAsync(_server);
        var inputs = await _worker.TakeAsync();
        var digest = inputs["media"]![0]!["digest"].Text();
        using var thief = await RawWorker.RegisterAsync(_server);
        await thief.ClaimAsync();
        var attempt = _worker.Attempt;

        (await thief.GetAsync($"{attempt}/inputs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await thief.PostAsync(attempt + "/inputs", [])).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await thief.GetAsync(attempt + "/artifacts/video.mp4")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await thief.PostAsync(attempt + "/delivery", RawWorker.Delivery(_good))).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await thief.PostAsync(attempt + "/outcome", new() { ["outcome"] = "canceled" })).StatusCode.ShouldBe(HttpStatusCode.Gone);
        var key = new JsonObject { ["run_id"] = id, ["fence"] = _worker.Work!["fence"]!.DeepClone() };
        (await thief.AskAsync("/heartbeats", new() { ["attempts"] = new JsonArray(key.DeepClone()) }))["attempts"]![0]!["is_current"]!.GetValue<bool>().ShouldBeFalse();
        key["sequence"] = 1;
        key["checkpoint"] = "mine";
        (await thief.AskAsync("/appends", new() { ["attempts"] = new JsonArray(key) }))["attempts"]![0]!["is_current"]!.GetValue<bool>().ShouldBeFalse();

        // The other worker's id does not help: it belongs to another key.
        using var impostor = new RawWorker(_server, await WorkerRig.CreateKeyAsync(_server));
        impostor.Become(await BusyWorkerAsync());
        (await impostor.GetAsync($"{attempt}/inputs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await FindAsync(id)).Status.ShouldBe(RunStatus.Dispatching);
    }

    [Fact]
    public async Task What_was_uploaded_before_a_worker_gave_up_is_deleted()
    {
        await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();
        (await _worker.UploadAsync("video.mp4", _good[0].Content)).EnsureSuccessStatusCode();
        Scratch.ShouldHaveSingleItem();

        (await _worker.PostAsync(_worker.Attempt + "/outcome", new() { ["outcome"] = "canceled" })).EnsureSuccessStatusCode();

        Scratch.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_digest_of_another_run_is_not_given()
    {
        await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();

        (await _worker.GetAsync($"{_worker.Attempt}/inputs/{new string('0', 64)}")).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_worker_that_was_silent_for_too_long_can_finish_nothing_and_its_files_are_unreachable()
    {
        var id = await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();
        var zombie = _worker.Attempt;
        foreach (var (name, content) in _good)
            (await _worker.UploadAsync(name, content)).EnsureSuccessStatusCode();

        // As if the lease had run out: the run is another's.
        await LoseLeasesAsync();
        using var heir = await RawWorker.RegisterAsync(_server);
        await heir.TakeAsync();

        heir.Attempt.ShouldNotBe(zombie);
        (await _worker.PostAsync(zombie + "/delivery", RawWorker.Delivery(_good))).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await _worker.UploadAsync("video.mp4", [0])).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await (await heir.DeliverAsync(_good)).ReadJsonAsync())["is_accepted"]!.GetValue<bool>().ShouldBeTrue();
        var run = await FindAsync(id);
        run.Output!.Artifacts.ShouldAllBe(a => a.Key.StartsWith(heir.Attempt.Replace("/attempts/", ""), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_claim_whose_answer_was_lost_is_given_again()
    {
        await WorkingServer.CreateAsync(_server);
        var first = (await _worker.ClaimAsync())!;

        (await _worker.ClaimAsync())!["fence"]!.ToJsonString().ShouldBe(first["fence"]!.ToJsonString());
        (await _worker.ClaimAsync(holding: true)).ShouldBeNull();
    }

    [Fact]
    public async Task An_update_that_comes_twice_is_written_once()
    {
        var id = await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();
        var update = new JsonObject
        {
            ["run_id"] = id,
            ["fence"] = _worker.Work!["fence"]!.DeepClone(),
            ["sequence"] = 1,
            ["events"] = new JsonArray(new JsonObject { ["type"] = "log", ["level"] = "info", ["message"] = "once" }),
        };

        for (var i = 0; i < 2; i++)
            (await _worker.AskAsync("/appends", new() { ["attempts"] = new JsonArray(update.DeepClone()) }))["attempts"]![0]!["is_current"]!.GetValue<bool>().ShouldBeTrue();
        await _worker.AskAsync(_worker.Attempt + "/outcome", new() { ["outcome"] = "canceled" });

        (await EventReader.ReadAllAsync(_server.Client, id, Ct)).Count(e => e.Type == "log" && e.Data["message"].Text() == "once").ShouldBe(1);
    }

    [Fact]
    public async Task An_upload_goes_on_where_it_stopped()
    {
        await WorkingServer.CreateAsync(_server);
        await _worker.TakeAsync();
        var (name, content) = _good[0];
        (await _worker.UploadAsync(name, content[..100])).EnsureSuccessStatusCode();

        var wrong = await _worker.UploadAsync(name, content[200..], offset: 200);
        (wrong.StatusCode, wrong.Headers.GetValues("Upload-Offset").Single()).ShouldBe((HttpStatusCode.Conflict, "100"));
        (await _worker.UploadAsync(name, content[100..], offset: 100)).EnsureSuccessStatusCode();

        (await (await _worker.DeliverAsync()).ReadJsonAsync())["problem"].Text().ShouldBe("video.mp4 is missing");
        foreach (var (other, bytes) in _good[1..])
            (await _worker.UploadAsync(other, bytes)).EnsureSuccessStatusCode();
        (await (await _worker.PostAsync(_worker.Attempt + "/delivery", RawWorker.Delivery(_good))).ReadJsonAsync())["is_accepted"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_worker_gets_no_engine_that_its_key_does_not_name()
    {
        using var worker = new RawWorker(_server, await WorkerRig.CreateKeyAsync(_server, ["wan"]));

        var refusal = await (await worker.PostAsync("/registrations", RawWorker.Registration("motion"))).ShouldBeErrorAsync(HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        refusal["message"].Text().ShouldContain("'motion'");
        (await _worker.PostAsync("/claims", new() { ["engines"] = new JsonArray("wan"), ["wait_seconds"] = 0, ["holding"] = new JsonArray() })).StatusCode
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    [InlineData("one")]
    public async Task A_version_that_is_not_served_is_told_which_are(string version)
    {
        using var worker = new RawWorker(_server, await WorkerRig.CreateKeyAsync(_server), version);

        var refusal = await (await worker.PostAsync("/registrations", RawWorker.Registration())).ShouldBeErrorAsync((HttpStatusCode)426, "WORKER_PROTOCOL_NOT_SERVED");
        refusal["message"].Text().ShouldContain("from 1 to 1");
    }

    private async Task LoseLeasesAsync()
    {
        await using var store = new SqliteConnection($"Data Source={Path.Combine(_server.DataFolder, "kinema.db")};Pooling=False;Default Timeout=10");
        await store.OpenAsync(Ct);
        await using var command = store.CreateCommand();
        command.CommandText = "UPDATE runs SET lease_until = 0 WHERE lease_until IS NOT NULL";
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBe(1);
    }

    private static async Task<(string Name, byte[] Content)[]> MakeFilesAsync(int seconds)
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();
        await using var _ = services;
        var format = PlayedEngine.Format with { FrameCount = seconds * PlayedEngine.Format.FramesPerSecond };
        var path = Path.Combine(folder.FullPath, "video.mp4");
        var frame = new byte[format.FrameBytes];
        Array.Fill(frame, (byte)120);
        await using (var encoding = services.GetRequiredService<IVideoEncoder>().Start(format, path, new Dictionary<string, string>(), null))
        {
            for (var i = 0; i < format.FrameCount; i++)
                await encoding.WriteAsync(frame, Ct);
            await encoding.FinishAsync(Ct);
        }

        return
        [
            ("video.mp4", await File.ReadAllBytesAsync(path, Ct)),
            ("poster.jpg", services.GetRequiredService<IPosterMaker>().Encode(format, frame)),
            ("last-frame.png", services.GetRequiredService<ILastFrameMaker>().Encode(format, frame)),
        ];
    }

    private (string Name, byte[] Content)[] With(string name, byte[] content) => [.. _good.Select(file => file.Name == name ? (name, content) : file)];

    private async Task<Run> FindAsync(string id) => (await _server.Services.GetRequiredService<IRunLedger>().FindAsync(_server.Caller.OrgId, Guid.Parse(id), Ct))!;

    private async Task<string> BusyWorkerAsync() =>
        (await _server.Services.GetRequiredService<Core.Admission.IWorkerList>().ListAsync(Ct)).Single(worker => worker.Active > 0).Id.ToString();
}
