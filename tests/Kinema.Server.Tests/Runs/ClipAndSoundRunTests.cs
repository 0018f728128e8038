using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Kinema.Engines;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Runs;

/// <summary>From the request to the file, with an engine that publishes that it reads clips and sounds.</summary>
public sealed class ClipAndSoundRunTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private FileServer _files = null!;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _files = await FileServer.StartAsync();
        var silent = new TestEngine(TimeSpan.Zero, TimeProvider.System);
        _server = await WorkingServer.StartAsync(new TestEngine(TimeSpan.Zero, TimeProvider.System)
        {
            Descriptor = silent.Descriptor with { MediaRoles = [MediaRole.FirstFrame, MediaRole.LastFrame, MediaRole.InputVideo, MediaRole.Audio] },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _files.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_input_video_with_audio_becomes_a_video_with_audio_that_states_its_duration()
    {
        var run = await RunAsync(new() { ["video_url"] = await ClipAsync(2), ["duration"] = 4 });

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        var output = run["output"]!["outputs"]![0]!;
        output["has_audio"]!.GetValue<bool>().ShouldBeTrue();
        run["output"]!["model_data"]!["inputs"]![0]!["duration"]!.GetValue<double>().ShouldBe(2, 0.1);
        var path = Path.Combine(_folder.FullPath, "out.mp4");
        await File.WriteAllBytesAsync(path, await _server.Client.GetByteArrayAsync(output["url"].Text(), Ct), Ct);
        var streams = (await Ffprobe.ReadAsync(path, Ct))["streams"]!.AsArray();
        streams.Select(s => s!["codec_type"].Text()).ShouldBe(["video", "audio"]);
        streams.Select(s => s!["duration"].Text()).ShouldBe(["4.000000", "4.000000"]);
    }

    [Fact]
    public async Task An_input_video_as_long_as_the_duration_fails_the_run_and_names_the_duration()
    {
        var run = await RunAsync(new() { ["video_url"] = await ClipAsync(2), ["duration"] = 2 });

        (run["status_code"].Text(), run["failure_code"].Text(), run["failure_stage_code"].Text()).ShouldBe(("failed", "INPUT_MEDIA_INVALID", "preprocess"));
        run["failure_message"].Text().ShouldBe("input.duration includes the input video and must be longer than it: at least 3 for the 2 seconds of input.video_url; got 2");
    }

    [Fact]
    public async Task A_playlist_with_a_video_file_name_fails_the_run_and_its_entries_are_not_fetched()
    {
        var playlist = $"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{_files.Url}secret.ts\n#EXT-X-ENDLIST\n";
        var url = _files.Put("list.mp4", System.Text.Encoding.ASCII.GetBytes(playlist), "video/mp4");

        var run = await RunAsync(new() { ["video_url"] = url.AbsoluteUri, ["duration"] = 5 });

        run["failure_message"].Text().ShouldBe("input.video_url must be an MP4 or MOV video; got an HLS playlist by its content");
        _files.Requests.ShouldBe(["/list.mp4"]);
    }

    [Theory]
    [InlineData("video_url", "video/mp4", "#EXTM3U\nhttp://127.0.0.1/\n", "input.video_url must be an MP4 or MOV video; got an HLS playlist by its content")]
    [InlineData("video_url", "video/mp4", "\0\0\0\u0010ftypmp42\0\0\0\0", "input.video_url must be an MP4 or MOV video that can be played; it has no index (moov box); the file is cut short or was never finished")]
    [InlineData("video_url", "video/quicktime", "RIFF----WAVEfmt ", "input.video_url must be an MP4 or MOV video; got WAV by its content")]
    [InlineData("audio_url", "audio/mpeg", "OggS------------", "input.audio_url must be a WAV or MP3 audio file; got Ogg by its content")]
    [InlineData("audio_url", "audio/wav", "RIFF----WAVEfmt ", "input.audio_url must be a WAV or MP3 audio file that can be played; it has no samples; the file is cut short or damaged")]
    public async Task Inline_video_or_audio_of_another_content_type_is_refused_at_create(string field, string type, string content, string message)
    {
        var input = new JsonObject { ["duration"] = 5, [field] = $"data:{type};base64,{Convert.ToBase64String(System.Text.Encoding.Latin1.GetBytes(content))}" };
        if (field == "audio_url")
            input["image_url"] = _files.For(Samples.Photograph("cat")).AbsoluteUri;

        var response = await _server.Client.PostAsync(SharedServer.RunsPath, Json(new JsonObject { ["input"] = input }), Ct);

        var error = await response.ShouldBeErrorAsync(HttpStatusCode.UnprocessableEntity, "VALIDATION_ERROR");
        error["errors"]![0]!["msg"].Text().ShouldBe(message);
        error["errors"]![0]!["loc"]!.AsArray().Select(s => s.Text()).ShouldBe(["body", "input", field]);
        (await (await _server.Client.GetAsync("/v1/runs", Ct)).ReadJsonAsync())["items"]!.AsArray().ShouldBeEmpty();
        _files.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_valid_inline_video_is_stored_as_an_asset_of_its_detected_type()
    {
        var clip = await _server.Client.GetByteArrayAsync(await ClipAsync(2), Ct);

        var run = await RunAsync(new() { ["video_url"] = "data:video/quicktime;base64," + Convert.ToBase64String(clip), ["duration"] = 4 });

        run["status_code"].Text().ShouldBe("succeeded", run.ToJsonString());
        var asset = await (await _server.Client.GetAsync($"/v1/assets/{run["input"]!["video_url"].Text()["runflow://assets/".Length..]}", Ct)).ReadJsonAsync();
        (asset["mime_type"].Text(), asset["name"].Text()).ShouldBe(("video/mp4", "video_url.mp4"));
    }

    private async Task<JsonObject> RunAsync(JsonObject input)
    {
        input["resolution"] = "720p";
        return await WorkingServer.WaitForEndAsync(_server, await WorkingServer.CreateAsync(_server, new JsonObject { ["input"] = input }));
    }

    private async Task<string> ClipAsync(int seconds)
    {
        var path = Path.Combine(_folder.FullPath, "clip.mp4");
        using var process = Process.Start("ffmpeg", [
            "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=s=320x240:r=10:d={seconds}", "-f", "lavfi", "-i", $"sine=d={seconds}",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", path]);
        await process.WaitForExitAsync(Ct);
        return _files.Put("clip.mp4", await File.ReadAllBytesAsync(path, Ct), "video/mp4").AbsoluteUri;
    }
}
