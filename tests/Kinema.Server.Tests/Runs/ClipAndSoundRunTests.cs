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
            Descriptor = silent.Descriptor with { MediaRoles = [MediaRole.FirstFrame, MediaRole.LastFrame, MediaRole.Clip, MediaRole.Audio] },
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _files.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_clip_with_sound_becomes_a_video_with_sound_that_names_its_length()
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
    public async Task A_clip_that_leaves_nothing_to_make_fails_the_run_and_names_the_duration()
    {
        var run = await RunAsync(new() { ["video_url"] = await ClipAsync(2), ["duration"] = 2 });

        (run["status_code"].Text(), run["failure_code"].Text(), run["failure_stage_code"].Text()).ShouldBe(("failed", "INPUT_MEDIA_INVALID", "preprocess"));
        run["failure_message"].Text().ShouldBe("input.duration counts the clip and must be longer than it: at least 3 for the 2 seconds of input.video_url; got 2");
    }

    [Fact]
    public async Task A_playlist_named_like_a_clip_fails_the_run_and_what_it_lists_is_never_asked_for()
    {
        var playlist = $"#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\n{_files.Url}secret.ts\n#EXT-X-ENDLIST\n";
        var url = _files.Put("list.mp4", System.Text.Encoding.ASCII.GetBytes(playlist), "video/mp4");

        var run = await RunAsync(new() { ["video_url"] = url.AbsoluteUri, ["duration"] = 5 });

        run["failure_message"].Text().ShouldBe("input.video_url must be an MP4 or MOV clip; got an HLS playlist by its content");
        _files.Requests.ShouldBe(["/list.mp4"]);
    }

    private async Task<JsonObject> RunAsync(JsonObject input)
    {
        input["resolution"] = "720p";
        var response = await _server.Client.PostAsync(SharedServer.RunsPath, Json(new JsonObject { ["input"] = input }), Ct);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Ct));
        return await WorkingServer.WaitForEndAsync(_server, (await response.ReadJsonAsync())["id"].Text());
    }

    private async Task<string> ClipAsync(int seconds)
    {
        var path = Path.Combine(_folder.FullPath, "clip.mp4");
        using var process = Process.Start("ffmpeg", [
            "-v", "error", "-y", "-f", "lavfi", "-i", $"testsrc2=s=320x240:r=10:d={seconds}", "-f", "lavfi", "-i", $"sine=d={seconds}",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", path]);
        await process.WaitForExitAsync(Ct);
        return _files.Put("clip.mp4", await File.ReadAllBytesAsync(path, Ct), "video/mp4").AbsoluteUri;
    }
}
