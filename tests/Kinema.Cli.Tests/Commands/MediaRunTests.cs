using System.Diagnostics;
using System.Text.Json;
using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Commands;

/// <summary>Clips and sounds from the command line to the video, through a real server and the engine that is bound by default.</summary>
public sealed class MediaRunTests : IDisposable
{
    private readonly Cli _cli = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task A_local_video_is_continued_by_the_embedded_server_with_its_audio_and_the_record_states_the_source()
    {
        await MakeAsync("-f lavfi -i testsrc2=s=320x240:r=30:d=2 -f lavfi -i sine=440:d=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p clip.mov");

        var result = await _cli.JsonAsync("run", "--video", "clip.mov", "--duration", "3", "--resolution", "720p", "--data", "data");

        result.GetProperty("file").GetString().ShouldBe(Path.Combine(_cli.Directory, "clip.mp4"));
        var run = result.GetProperty("run");
        run.GetProperty("source_code").GetString().ShouldBe("cli");
        run.GetProperty("input").GetProperty("video_url").GetString().ShouldStartWith("runflow://assets/");
        run.GetProperty("input").TryGetProperty("image_url", out _).ShouldBeFalse();
        await ShouldHaveAsync("clip.mp4", frames: 90, run);
    }

    [Fact]
    public async Task An_image_and_a_local_audio_file_become_a_video_with_audio_on_a_remote_server()
    {
        await using var server = await TestServer.StartAsync();
        (_cli.Environment["KINEMA_SERVER"], _cli.Environment["KINEMA_KEY"]) = (server.Url.ToString(), server.Caller.Token);
        await MakeAsync("-f lavfi -i sine=330:d=3 voice.mp3");

        var result = await _cli.JsonAsync("run", Samples.Photograph("coffee"), "--audio", "voice.mp3", "-d", "2", "-r", "720p", "-o", "out.mp4");

        await ShouldHaveAsync("out.mp4", frames: 60, result.GetProperty("run"));
    }

    [Fact]
    public async Task A_video_URL_is_fetched_by_the_server()
    {
        await using var files = await FileServer.StartAsync();
        await MakeAsync("-f lavfi -i testsrc2=s=320x240:r=30:d=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p clip.mp4");
        var url = files.Put("elsewhere.mp4", await File.ReadAllBytesAsync(Path.Combine(_cli.Directory, "clip.mp4"), Ct), "video/mp4");

        var result = await _cli.RunAsync(
            "run", "--video", url.ToString(), "-d", "3", "-r", "720p", "--data", "data", "--set", $"Outbound:Media:Allow:0=127.0.0.0/8:{files.Url.Port}");

        result.Code.ShouldBe(0, result.Error);
        result.Output.Trim().ShouldBe("video.mp4");
        files.Requests.ShouldBe(["/elsewhere.mp4"]);
    }

    [Fact]
    public async Task A_video_and_an_image_together_are_refused_with_the_servers_message()
    {
        await using var server = await TestServer.StartAsync();
        (_cli.Environment["KINEMA_SERVER"], _cli.Environment["KINEMA_KEY"]) = (server.Url.ToString(), server.Caller.Token);

        (await _cli.RunAsync("run", "https://example.com/a.jpg", "--video", "https://example.com/a.mp4")).ShouldRefuse(2, "video_url");
    }

    private async Task ShouldHaveAsync(string file, int frames, JsonElement run)
    {
        run.GetProperty("output").GetProperty("outputs")[0].GetProperty("has_audio").GetBoolean().ShouldBeTrue();
        var video = await Ffprobe.ReadVideoAsync(Path.Combine(_cli.Directory, file), Ct);
        video["nb_read_frames"]!.GetValue<string>().ShouldBe(frames.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private async Task MakeAsync(string arguments)
    {
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", .. arguments.Split(' ')]) { WorkingDirectory = _cli.Directory })!;
        await ffmpeg.WaitForExitAsync(Ct);
        ffmpeg.ExitCode.ShouldBe(0);
    }
}
