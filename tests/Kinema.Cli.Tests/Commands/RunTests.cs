using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Commands;

/// <summary>The run command against a server that answers by script: every end a run can take.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private const string Id = "019ed0c2-7d1a-7c31-9a40-3a5d1c2b4e6f";
    private const string Runs = "POST /v1/models/alibaba/wan/v2.7/image-to-video/runs";

    private const string Model = """
        {"slug":"alibaba/wan/v2.7/image-to-video","inputs":[
          {"name":"image_url","validator_attrs":{"content_types":["image/jpeg","image/png"],"max_bytes":20000000,"min_side":240}},
          {"name":"video_url","validator_attrs":{"content_types":["video/mp4","video/quicktime"],"max_bytes":100000000}},
          {"name":"audio_url","validator_attrs":{"content_types":["audio/wav","audio/mpeg"],"max_bytes":15000000}}]}
        """;

    private readonly Cli _cli = new();
    private ScriptedServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedServer.StartAsync();
        _cli.Environment["KINEMA_SERVER"] = _server.Url.ToString().TrimEnd('/');
        _cli.Environment["KINEMA_KEY"] = "rf_live_key";
        _server.On("GET /v1/models/alibaba/wan/v2.7/image-to-video", 200, Model);
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
        ScriptUpload();
        File.Copy(Samples.Photograph("raccoon"), Path.Combine(_cli.Directory, "wrongly-named.png"));

        var json = await _cli.JsonAsync("run", "wrongly-named.png");

        _server.Seen.Single(s => s.Method == "PUT").ContentType.ShouldBe("image/jpeg");
        _server.Seen.Single(s => s.Path.EndsWith("/runs", StringComparison.Ordinal)).Body.ShouldContain($"runflow://assets/{Id}");
        json.GetProperty("file").GetString().ShouldBe(Path.Combine(_cli.Directory, "wrongly-named.mp4"));
        json.GetProperty("run").GetProperty("status_code").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task An_existing_file_is_not_overwritten()
    {
        ScriptEnd("succeeded");
        await File.WriteAllTextAsync(Path.Combine(_cli.Directory, "video.mp4"), "mine", TestContext.Current.CancellationToken);

        (await _cli.RunAsync("run", "https://example.com/a.jpg")).Output.Trim().ShouldBe("video-2.mp4");
    }

    [Theory]
    [InlineData("a.jpg", "hello", "a.jpg: the image is text by its content; allowed are JPEG, PNG")]
    [InlineData("a.jpg", "", "a.jpg: the image is empty by its content")]
    [InlineData("--video=a.mp4", "#EXTM3U\n", "a.mp4 must be an MP4 or MOV video; got an HLS playlist by its content.")]
    [InlineData("--video=a.mov", "RIFF----WAVEfmt ", "a.mov must be an MP4 or MOV video; got WAV by its content.")]
    [InlineData("--audio=a.mp3", "OggS", "a.mp3 must be a WAV or MP3 audio file; got Ogg by its content.")]
    public async Task A_file_of_the_wrong_type_is_refused_by_its_content_and_not_uploaded(string argument, string content, string message)
    {
        var name = argument.Split('=')[^1];
        await File.WriteAllTextAsync(Path.Combine(_cli.Directory, name), content, TestContext.Current.CancellationToken);

        (await _cli.RunAsync(argument.StartsWith("--audio", StringComparison.Ordinal) ? ["run", "https://example.com/a.jpg", argument] : ["run", argument])).ShouldRefuse(2, message);
        _server.Seen.ShouldNotContain(s => s.Method == "POST");
    }

    [Theory]
    [InlineData("--video", 120_000_000, "\0\0\0\u0018ftypmp42", "big must be an MP4 or MOV video of at most 100 MB; got 120 MB.")]
    [InlineData("--audio", 15_300_000, "RIFF----WAVE", "big must be a WAV or MP3 audio file of at most 15 MB; got 15.3 MB.")]
    public async Task A_file_over_the_models_limit_is_refused_with_both_sizes_and_not_uploaded(string option, long length, string head, string message)
    {
        await using (var file = File.Create(Path.Combine(_cli.Directory, "big")))
        {
            await file.WriteAsync(System.Text.Encoding.Latin1.GetBytes(head), TestContext.Current.CancellationToken);
            file.SetLength(length);
        }

        (await _cli.RunAsync("run", "https://example.com/a.jpg", option, "big")).ShouldRefuse(2, message);
        _server.Seen.ShouldNotContain(s => s.Method == "POST");
    }

    [Fact]
    public async Task A_file_over_the_servers_upload_limit_is_named_with_both_sizes()
    {
        const string Refusal = """{"code":"VALIDATION_ERROR","message":"no","errors":[{"loc":["body","size_bytes"],"msg":"size_bytes must be an integer from 1 to 1000; got 5","type":"out_of_range"}]}""";
        _server.On("POST /v1/asset-uploads", 422, Refusal);
        File.Copy(Samples.Photograph("raccoon"), Path.Combine(_cli.Directory, "a.jpg"));

        (await _cli.RunAsync("run", "a.jpg")).ShouldRefuse(2, "kB) cannot be uploaded: size_bytes must be an integer from 1 to 1000; got 5. Give its URL instead");
    }

    [Fact]
    public async Task A_video_is_continued_without_an_image_and_names_the_output_file()
    {
        ScriptEnd("succeeded");

        var result = await _cli.RunAsync("run", "--video", "https://example.com/a.mp4", "--end-image", "https://example.com/b.jpg", "-d", "8");

        result.Code.ShouldBe(0, result.Error);
        var post = _server.Seen.Single(s => s.Method == "POST");
        post.Body.ShouldBe("""{"input":{"end_image_url":"https://example.com/b.jpg","video_url":"https://example.com/a.mp4","duration":8}}""");
        post.Source.ShouldBe("cli");
    }

    [Fact]
    public async Task A_run_without_inputs_is_refused_before_any_request()
    {
        (await _cli.RunAsync("run", "--prompt", "push in")).ShouldRefuse(2, "give IMAGE for a video that begins with a picture, or --video VIDEO");
        (await _cli.RunAsync("run", "--video", "nowhere.mp4")).ShouldRefuse(2, "there is no file nowhere.mp4; --video is a file or an http(s) URL");
        _server.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_may_not_read_models_still_uploads()
    {
        _server.Instead("GET /v1/models/alibaba/wan/v2.7/image-to-video", 403, """{"code":"PERMISSION_DENIED","message":"The key lacks the scope models:read.","errors":null}""");
        ScriptEnd("succeeded");
        ScriptUpload();
        File.Copy(Samples.Photograph("cat"), Path.Combine(_cli.Directory, "a.png"));

        (await _cli.RunAsync("run", "a.png")).Code.ShouldBe(0);
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
    public async Task A_refusal_shows_the_servers_message(int status, string code, int exitCode, string message)
    {
        var errors = status == 422 ? """[{"loc":["body","input","duration"],"msg":"input.duration must be an integer from 2 to 15 (seconds); got 99","type":"out_of_range"}]""" : "null";
        _server.On(Runs, status, $$"""{"code":"{{code}}","message":"The answer's own words.","errors":{{errors}}}""");

        (await _cli.RunAsync("run", "https://example.com/a.jpg", "--duration", "99")).ShouldRefuse(exitCode, message);
    }

    private void ScriptUpload()
    {
        _server.On("POST /v1/asset-uploads", 201, $$"""{"asset_id":"{{Id}}","upload_url":"{{new Uri(_server.Url, "upload")}}"}""");
        _server.On("PUT /upload", 200, "");
        _server.On($"POST /v1/asset-uploads/{Id}/confirmations", 201, $$"""{"id":"{{Id}}"}""");
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
