using System.Net;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.Server.Tests.Workers;
using Kinema.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Safety;

/// <summary>Every outcome of the safety checker, with a real classifier of colours, wherever the worker stands.</summary>
public abstract class SafetyConformance : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected abstract Task<WorkerRig> StartAsync(IVideoEngine engine, params string[] settings);

    private protected Task<WorkerRig> StartCheckedAsync(IVideoEngine engine, params string[] more) => StartAsync(engine, Colours.Settings(_folder, more));

    private protected static PlayedEngine Painter(Func<int, bool> isRed) => new() { Play = (_, _) => Colours.Frames(isRed) };

    [Fact]
    public async Task What_the_checker_clears_is_delivered_and_the_record_says_so()
    {
        await using var rig = await StartCheckedAsync(Painter(_ => false));
        var id = await WorkingServer.CreateAsync(rig.Server, Body(Colours.GreyUri));
        var events = await EventReader.ReadAllAsync(rig.Server.Client, id, Ct);
        var run = await WorkingServer.WaitForEndAsync(rig.Server, id);

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["output"]!["nsfw_detected"]!.GetValue<bool>().ShouldBeFalse();
        var safety = run["output"]!["model_data"]!["safety"]!;
        (safety["classifier"].Text(), safety["inputs"].Text(), safety["output"].Text()).ShouldBe(("colours", "cleared", "cleared"));
        safety["sha256"].Text().Length.ShouldBe(64);
        safety.AsObject().Select(member => member.Key).ShouldBe(["classifier", "sha256", "prompt", "inputs", "output"]);
        run["output"]!["timing"]!["checking_ms"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(0);
        events.Where(e => e.Type == "progress" && e.Data["stage"].Text() == "checking").Select(e => e.Data["done"]!.GetValue<int>()).ShouldBe([0, 1, 0, 1]);
    }

    [Fact]
    public async Task A_picture_that_comes_with_the_request_is_refused_at_the_create()
    {
        var engine = Painter(_ => false);
        await using var rig = await StartCheckedAsync(engine);

        var refusal = await (await PostAsync(rig, Body(Colours.RedUri))).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "CONTENT_REJECTED");

        refusal["message"].Text().ShouldBe("input.image_url was refused by the safety checker");
        refusal["errors"]![0]!["type"].Text().ShouldBe("content_rejected");
        (await (await rig.Server.Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync())["items"]!.AsArray().ShouldBeEmpty();
        engine.Asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_fetched_picture_is_refused_before_the_engine_starts_at_no_cost()
    {
        await using var files = await FileServer.StartAsync();
        var engine = Painter(_ => false);
        await using var rig = await StartCheckedAsync(engine);

        var run = await RunAsync(rig, Body(files.Put("red.png", Colours.RedPicture, "image/png").AbsoluteUri));

        ShouldHaveFailed(run, "CONTENT_REJECTED", "preprocess", "The safety checker refused input.image_url.");
        engine.Asked.ShouldBe(0);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 9)]
    [InlineData(9, 9)]
    public async Task A_video_with_a_red_second_or_a_red_first_or_last_frame_fails_at_no_cost(int first, int last)
    {
        await using var rig = await StartCheckedAsync(Painter(index => index >= first && index <= last));

        var run = await RunAsync(rig, Body(Colours.GreyUri));

        ShouldHaveFailed(run, "CONTENT_REJECTED", "postprocess", "The safety checker refused the video.");
        run.ToJsonString().ShouldNotContain("Red");
        Directory.EnumerateFiles(rig.Server.DataFolder, "*.mp4", SearchOption.AllDirectories).Where(path => path.Contains("artifacts", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_video_that_is_only_flagged_is_delivered_as_it_is()
    {
        await using var rig = await StartCheckedAsync(Painter(_ => true), Colours.Rule("Flag", "Flag"));

        var run = await RunAsync(rig, Body(Colours.RedUri));

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["output"]!["nsfw_detected"]!.GetValue<bool>().ShouldBeTrue();
        var safety = run["output"]!["model_data"]!["safety"]!;
        (safety["inputs"].Text(), safety["output"].Text()).ShouldBe(("flagged", "flagged"));
        (await StripesOfAsync(rig, run)).ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task A_video_that_is_to_be_blurred_keeps_its_length_and_loses_its_detail()
    {
        await using var rig = await StartCheckedAsync(Painter(index => index >= 5), Colours.Rule("Ignore", "Blur"));

        var run = await RunAsync(rig, Body(Colours.GreyUri));

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["output"]!["nsfw_detected"]!.GetValue<bool>().ShouldBeTrue();
        run["output"]!["model_data"]!["safety"]!["output"].Text().ShouldBe("blurred");
        run["output"]!["outputs"]![0]!["frame_count"]!.GetValue<int>().ShouldBe(10);
        (await StripesOfAsync(rig, run)).ShouldBeLessThan(8);
        foreach (var picture in new[] { "poster_url", "last_frame_url" })
            (await StripesOfPictureAsync(rig, new(run["output"]!["model_data"]![picture].Text()))).ShouldBeLessThan(12, picture);
    }

    [Fact]
    public async Task A_preview_that_would_be_refused_is_not_shown()
    {
        var engine = new PlayedEngine
        {
            Play = (_, _) => new EngineEvent[] { new EngineEvent.Preview("image/png", Colours.RedPicture) }.ToAsyncEnumerable().Concat(Colours.Frames(_ => false)),
        };
        await using var rig = await StartCheckedAsync(engine);

        var events = await EventReader.ReadAllAsync(rig.Server.Client, await WorkingServer.CreateAsync(rig.Server, Body(Colours.GreyUri)), Ct);

        events.ShouldNotContain(e => e.Type == "preview");
        events.Last().Data["status_code"].Text().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_caller_may_switch_the_checker_off_only_where_the_operator_lets_it()
    {
        var body = Body(Colours.RedUri);
        body["input"]!["enable_safety_checker"] = false;
        await using (var strict = await StartCheckedAsync(Painter(_ => true)))
            await (await PostAsync(strict, body)).ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "CONTENT_REJECTED");

        await using var rig = await StartCheckedAsync(Painter(_ => true), "Safety:CallersMayDisable=true");
        var run = await RunAsync(rig, body);

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["output"]!["nsfw_detected"].ShouldBeNull();
        run["output"]!["model_data"]!["safety"]!["output"].Text().ShouldBe("off");
    }

    [Fact]
    public async Task A_checker_that_does_not_work_lets_nothing_pass()
    {
        await using var files = await FileServer.StartAsync();
        var settings = Colours.Settings(_folder);
        await File.WriteAllBytesAsync(_folder.File(ColourClassifier.ModelName), [1, 2, 3], Ct);
        var engine = Painter(_ => false);
        await using var rig = await StartAsync(engine, settings);

        await (await PostAsync(rig, Body(Colours.GreyUri))).ShouldBeErrorAsync(HttpStatusCode.ServiceUnavailable, "MODEL_UNAVAILABLE");
        var run = await RunAsync(rig, Body(files.Put("grey.png", Colours.GreyPicture, "image/png").AbsoluteUri));

        ShouldHaveFailed(run, "SAFETY_CHECK_FAILED", "preprocess", "The safety checker of this server does not work, so input.image_url could not be judged.");
        engine.Asked.ShouldBe(0);
        var readiness = await rig.Server.Client.GetAsync("/v1/readiness", Ct);
        readiness.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await readiness.Content.ReadAsStringAsync(Ct)).ShouldContain("the safety checker does not work");
    }

    [Fact]
    public async Task Where_the_operator_prefers_it_runs_go_on_without_a_checker_that_does_not_work()
    {
        var settings = Colours.Settings(_folder, "Safety:WhenBroken=Allow");
        File.Delete(_folder.File(ColourClassifier.ModelName));
        await using var rig = await StartAsync(Painter(_ => true), settings);

        var run = await RunAsync(rig, Body(Colours.RedUri));

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        run["output"]!["nsfw_detected"].ShouldBeNull();
        var safety = run["output"]!["model_data"]!["safety"]!;
        (safety["inputs"].Text(), safety["output"].Text()).ShouldBe(("not_judged", "not_judged"));
    }

    [Fact]
    public async Task Without_a_checker_nothing_is_judged_and_an_engine_cannot_say_otherwise()
    {
        var engine = new PlayedEngine
        {
            Play = (_, _) => Colours.Frames(_ => true).Select(made => made is EngineEvent.Started started
                ? started with { ModelData = new JsonObject { ["safety"] = new JsonObject { ["output"] = "cleared" } } } : made),
        };
        await using var rig = await StartAsync(engine);

        var run = await RunAsync(rig, Body(Colours.RedUri));

        run["output"]!["nsfw_detected"].ShouldBeNull();
        run["output"]!["model_data"]!.AsObject().ContainsKey("safety").ShouldBeFalse();
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static JsonObject Body(string picture)
    {
        var body = SharedServer.RunBody();
        body["input"]!["image_url"] = picture;
        return body;
    }

    private protected static Task<HttpResponseMessage> PostAsync(WorkerRig rig, JsonObject body) => rig.Server.Client.PostAsync(SharedServer.RunsPath, Json(body), Ct);

    private protected static async Task<JsonObject> RunAsync(WorkerRig rig, JsonObject body) =>
        await WorkingServer.WaitForEndAsync(rig.Server, await WorkingServer.CreateAsync(rig.Server, body));

    private protected static void ShouldHaveFailed(JsonObject run, string code, string stage, string message)
    {
        run["status_code"].Text().ShouldBe("failed", run.ToJsonString());
        (run["failure_code"].Text(), run["failure_stage_code"].Text(), run["failure_message"].Text()).ShouldBe((code, stage, message));
        decimal.Parse(run["cost"]!.ToJsonString().Trim('"'), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(0);
        run["attempt_count"]?.GetValue<int>().ShouldBe(1);
        run["output"].ShouldBeNull();
    }

    /// <summary>Difference between the two kinds of stripes in the video's last frame; 30 where they were made.</summary>
    private static async Task<int> StripesOfAsync(WorkerRig rig, JsonObject run)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("video.mp4");
        await File.WriteAllBytesAsync(path, await DownloadAsync(new(run["output"]!["outputs"]![0]!["url"].Text())), Ct);
        var video = new MediaInput { Path = path, Digest = "", ContentType = "video/mp4", SizeBytes = new FileInfo(path).Length, Seconds = 2 };
        var stripes = -1;
        await foreach (var frame in rig.Server.Services.GetRequiredService<IVideoReader>().ReadAsync(video, 64, 48, 5, Ct))
            stripes = Math.Abs(frame.Span[(24 * 64) + 20] - frame.Span[(24 * 64) + 22]);
        return stripes;
    }

    private static async Task<int> StripesOfPictureAsync(WorkerRig rig, Uri url)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("picture");
        await File.WriteAllBytesAsync(path, await DownloadAsync(url), Ct);
        var picture = rig.Server.Services.GetRequiredService<IImageReader>().Read(new() { Path = path, Digest = "", ContentType = "image/png", SizeBytes = 1 }, Ct);
        (picture.Width, picture.Height).ShouldBe((64, 48));
        return Math.Abs(picture.Pixels.Span[((24 * 64) + 20) * 3] - picture.Pixels.Span[((24 * 64) + 22) * 3]);
    }

    private static async Task<byte[]> DownloadAsync(Uri url)
    {
        using var anyone = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await anyone.GetByteArrayAsync(url, Ct);
    }
}
