using Kinema.Cli.Tests.Client;
using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Commands;

/// <summary>The run command against a server that answers by script: every end a run can take.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private const string Id = "019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f";
    private const string Runs = "POST /v1/models/alibaba/wan/v2.7/image-to-video/runs";
    private readonly Cli _cli = new();
    private ScriptedServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _cli.Environment["KINEMA_SERVER"] = _server.Url.ToString().TrimEnd('/');
        _cli.Environment["KINEMA_KEY"] = "rf_live_key";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _cli.Dispose();
    }

    [Fact]
    public async Task A_video_is_saved_under_the_name_given_and_only_that_name_is_printed()
    {
        ScriptEnd("succeeded");

        var result = await _cli.RunAsync("run", "https://example.com/a.jpg", "--prompt", "push in", "--duration", "2", "--seed", "7", "-o", "out.mp4");

        result.Code.ShouldBe(0, result.Error);
        result.Output.Trim().ShouldBe("out.mp4");
        (await File.ReadAllTextAsync(Path.Combine(_cli.Directory, "out.mp4"), TestContext.Current.CancellationToken)).ShouldBe("video");
        result.Error.ShouldContain("inference 50");
        result.Error.ShouldContain("$0.20");
        _server.Seen[0].Body.ShouldBe("""{"input":{"prompt":"push in","image_url":"https://example.com/a.jpg","duration":2,"seed":7}}""");
    }

    [Fact]
    public async Task A_local_file_is_uploaded_under_its_real_type_and_named_by_reference()
    {
        ScriptEnd("succeeded");
        _server.On("POST /v1/asset-uploads", 201, $$"""{"asset_id":"{{Id}}","upload_url":"{{new Uri(_server.Url, "upload")}}"}""");
        _server.On("PUT /upload", 200, "");
        _server.On($"POST /v1/asset-uploads/{Id}/confirmations", 201, $$"""{"id":"{{Id}}"}""");
        File.Copy(Samples.Photograph("raccoon"), Path.Combine(_cli.Directory, "wrongly-named.png"));

        var json = await _cli.JsonAsync("run", "wrongly-named.png");

        _server.Seen.Single(s => s.Method == "PUT").ContentType.ShouldBe("image/jpeg");
        _server.Seen.Single(s => s.Path.EndsWith("/runs", StringComparison.Ordinal)).Body.ShouldContain($"runflow://assets/{Id}");
        json.GetProperty("file").GetString().ShouldBe(Path.Combine(_cli.Directory, "wrongly-named.mp4"));
        json.GetProperty("run").GetProperty("status_code").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task A_file_that_is_there_already_is_not_overwritten_unasked()
    {
        ScriptEnd("succeeded");
        await File.WriteAllTextAsync(Path.Combine(_cli.Directory, "video.mp4"), "mine", TestContext.Current.CancellationToken);

        (await _cli.RunAsync("run", "https://example.com/a.jpg")).Output.Trim().ShouldBe("video-2.mp4");
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_refused_by_its_first_bytes()
    {
        await File.WriteAllTextAsync(Path.Combine(_cli.Directory, "a.jpg"), "hello", TestContext.Current.CancellationToken);

        (await _cli.RunAsync("run", "a.jpg")).ShouldRefuse(2, "a.jpg is neither JPEG, PNG, WebP nor BMP");
    }

    [Fact]
    public async Task A_run_that_failed_ends_with_4_and_leaves_no_file()
    {
        ScriptEnd("failed", ",\"failure_code\":\"INPUT_MEDIA_INVALID\",\"failure_message\":\"The image cannot be read.\"");

        (await _cli.RunAsync("run", "https://example.com/a.jpg")).ShouldEnd(4, "failed: The image cannot be read. (INPUT_MEDIA_INVALID)");
        Directory.EnumerateFiles(_cli.Directory).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_was_canceled_elsewhere_ends_with_5()
    {
        ScriptEnd("canceled");

        (await _cli.RunAsync("run", "https://example.com/a.jpg")).ShouldEnd(5, "was canceled");
    }

    [Fact]
    public async Task An_interrupt_cancels_the_run_on_the_server_and_ends_with_130()
    {
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _server.On(Runs, 201, $$"""{"id":"{{Id}}","status_code":"queued"}""");
        _server.On($"POST /v1/runs/{Id}/cancellation", 201, $$"""{"id":"{{Id}}","status_code":"running"}""");
        _server.On($"GET /v1/runs/{Id}/events", async _ =>
        {
            await interrupt.CancelAsync();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        var result = await _cli.RunAsync(interrupt.Token, "run", "https://example.com/a.jpg");

        result.ShouldEnd(130, $"asked the server to cancel run {Id}");
        _server.Seen.ShouldContain(s => s.Path == $"/v1/runs/{Id}/cancellation");
    }

    [Theory]
    [InlineData(422, "VALIDATION_ERROR", 2, "input.duration must be an integer from 2 to 15")]
    [InlineData(401, "UNAUTHORIZED", 1, "the server does not accept this key")]
    [InlineData(403, "PERMISSION_DENIED", 1, "The answer's own words. (PERMISSION_DENIED)")]
    [InlineData(404, "MODEL_NOT_FOUND", 3, "The answer's own words. (MODEL_NOT_FOUND)")]
    [InlineData(429, "RATE_LIMITED", 1, "The answer's own words. (RATE_LIMITED)")]
    [InlineData(503, "MODEL_UNAVAILABLE", 1, "The answer's own words. (MODEL_UNAVAILABLE)")]
    public async Task A_refusal_is_told_in_the_servers_words(int status, string code, int exitCode, string message)
    {
        var errors = status == 422 ? """[{"loc":["body","input","duration"],"msg":"input.duration must be an integer from 2 to 15 (seconds); got 99","type":"out_of_range"}]""" : "null";
        _server.On(Runs, status, $$"""{"code":"{{code}}","message":"The answer's own words.","errors":{{errors}}}""");

        (await _cli.RunAsync("run", "https://example.com/a.jpg", "--duration", "99")).ShouldRefuse(exitCode, message);
    }

    private void ScriptEnd(string status, string more = "")
    {
        var output = status == "succeeded" ? $$""","cost":"0.20","duration_ms":1500,"output":{"outputs":[{"url":"{{new Uri(_server.Url, "files/a.mp4")}}","width":1920,"height":1080,"duration":2.0,"size_bytes":5}],"seed":7}""" : "";
        _server.On(Runs, 201, $$"""{"id":"{{Id}}","status_code":"queued"}""");
        _server.On(
            $"GET /v1/runs/{Id}/events",
            200,
            $"id: 1\nevent: status\ndata: {{\"status_code\":\"running\"}}\n\nid: 2\nevent: progress\ndata: {{\"stage\":\"inference\",\"progress\":0.5}}\n\nid: 3\nevent: status\ndata: {{\"status_code\":\"{status}\"}}\n\n",
            "text/event-stream");
        _server.On($"GET /v1/runs/{Id}", 200, $$"""{"id":"{{Id}}","status_code":"{{status}}"{{output}}{{more}}}""");
        _server.On("GET /files/a.mp4", 200, "video", "video/mp4");
    }
}
