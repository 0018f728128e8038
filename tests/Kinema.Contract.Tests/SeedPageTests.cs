using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Kinema.TestSupport;

namespace Kinema.Contract.Tests;

/// <summary>The three programs of the page, against a live server with the real engine.</summary>
public sealed partial class SeedPageTests
{
    public static TheoryData<string> Languages => [.. SeedProgram.All.Select(p => p.Language)];

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task The_pages_program_gets_a_queued_run_and_then_a_signed_callback_with_a_1080p_video(string language)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var server = await TestServer.StartAsync();
        await using var files = await FileServer.StartAsync();
        await using var receiver = await CallbackReceiver.StartAsync();
        var secret = await CreateSecretAsync(server, ct);

        var program = SeedProgram.All.Single(p => p.Language == language);
        var printed = await program.RunAsync(server, files.For(Samples.Photograph("coffee")), receiver.Url, ct);

        printed.ShouldContain("queued");
        var runId = Uuid().Match(printed).Value;
        runId.ShouldNotBeEmpty(printed);

        var callback = await receiver.NextAsync(ct);
        callback.Json.Select(p => p.Key).ShouldBe(
            ["event", "run_id", "status", "output", "duration_ms", "created_at", "completed_at", "metadata"], ignoreOrder: true);
        callback.Json["event"]!.GetValue<string>().ShouldBe("run.completed");
        callback.Json["status"]!.GetValue<string>().ShouldBe("succeeded");
        callback.Json["created_at"]!.GetValue<string>().ShouldEndWith("+00:00");
        var verdicts = await SignatureVerdicts.AskAsync(secret, callback, ct);
        verdicts.ShouldBe(new SignatureVerdicts(Page: true, Standard: true, Svix: true));

        var run = (await server.Client.GetFromJsonAsync<JsonObject>($"/v1/runs/{callback.Json["run_id"]}", ct))!;
        printed.ShouldContain(run["id"]!.GetValue<string>());
        run["cost"]!.GetValue<string>().ShouldBe("0.50");
        callback.Headers["Runflow-Request-Id"].ShouldBe(run["request_id"]!.GetValue<string>());
        await ShouldBeTheVideoAsync(server, callback.Json["output"]!["outputs"]![0]!, ct);
    }

    private static async Task<string> CreateSecretAsync(TestServer server, CancellationToken ct)
    {
        using var response = await server.Client.PostAsJsonAsync("/v1/callback-secrets", new { label = "page" }, ct);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(ct))!["plain_secret"]!.GetValue<string>();
    }

    private static async Task ShouldBeTheVideoAsync(TestServer server, JsonNode output, CancellationToken ct)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "video.mp4");
        using var anybody = server.CreateClient();
        await File.WriteAllBytesAsync(path, await anybody.GetByteArrayAsync(new Uri(output["url"]!.GetValue<string>()), ct), ct);

        var video = await Ffprobe.ReadVideoAsync(path, ct);
        video["nb_read_frames"]!.GetValue<string>().ShouldBe("150");
        video["codec_name"]!.GetValue<string>().ShouldBe("h264");
        video["width"]!.GetValue<int>().ShouldBe(output["width"]!.GetValue<int>());
        video["height"]!.GetValue<int>().ShouldBe(output["height"]!.GetValue<int>());
        output["frame_count"]!.GetValue<int>().ShouldBe(150);
        output["duration"]!.GetValue<double>().ShouldBe(5);
        output["size_bytes"]!.GetValue<long>().ShouldBe(new FileInfo(path).Length);
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}
