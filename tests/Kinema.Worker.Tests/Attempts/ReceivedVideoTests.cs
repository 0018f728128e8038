using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Media;
using Kinema.TestSupport;
using Kinema.Worker.Receiving;
using Kinema.Worker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kinema.Worker.Tests.Attempts;

/// <summary>Videos that an engine has elsewhere, with the real decoder and encoder.</summary>
public sealed class ReceivedVideoTests : IDisposable
{
    private const string Signed = "https://videos.example/a%2Fb.mp4?Expires=17&Signature=x%2By%3D";

    private static readonly string[] _h264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest", "-map_metadata", "-1", "-metadata", "title=the engine's own"];

    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _media = new ServiceCollection().AddLogging().AddKinemaMedia().BuildServiceProvider();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_is_as_promised_keeps_its_tracks_and_gets_this_servers_metadata()
    {
        var source = await MakeAsync("128x72", 16, [.. _h264]);
        using var rig = NewRig();
        rig.Engine.Script = (_, _) => Yield(new EngineEvent.VideoContent(_ => Task.FromResult<Stream>(File.OpenRead(source)), new JsonObject { ["steps"] = 4 }));
        var claim = rig.Claim();

        var output = (await rig.RunAsync(claim)).ShouldBeOfType<AttemptOutcome.Succeeded>().Output;

        var video = output.Artifacts[0];
        (video.Width, video.Height, video.FramesPerSecond, video.FrameCount, video.HasAudio).ShouldBe((128, 72, 16, 32, true));
        var path = rig.Artifacts.Find(video.Key)!;
        (await PacketsAsync(path)).ShouldBe(await PacketsAsync(source));
        var tags = (await Ffprobe.ReadAsync(path, Ct))["format"]!["tags"]!;
        tags["title"]!.GetValue<string>().ShouldBe($"Kinema run {claim.Run.Id}");
        output.ModelData["steps"]!.GetValue<int>().ShouldBe(4);
        output.ModelData.ContainsKey("converted_because").ShouldBeFalse();
        output.Artifacts.Select(artifact => artifact.Role).ShouldBe(["video", "poster", "last_frame"]);
    }

    [Fact]
    public async Task A_file_of_another_codec_is_converted_and_the_record_says_why()
    {
        var source = await MakeAsync("130x74", 16, ["-c:v", "libvpx-vp9", "-pix_fmt", "yuv420p", "-an"]);
        using var rig = NewRig();
        rig.Engine.Script = (_, _) => Yield(new EngineEvent.VideoContent(_ => Task.FromResult<Stream>(File.OpenRead(source)), []));

        var output = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Succeeded>().Output;

        var video = await Ffprobe.ReadVideoAsync(rig.Artifacts.Find(output.Artifacts[0].Key)!, Ct);
        (video["codec_name"]!.GetValue<string>(), video["nb_read_frames"]!.GetValue<string>()).ShouldBe(("h264", "32"));
        (output.Artifacts[0].Width, output.Artifacts[0].Height, output.Artifacts[0].HasAudio).ShouldBe((130, 74, false));
        output.ModelData["converted_because"]!.GetValue<string>().ShouldBe("the engine's video is coded as vp9; H.264 is allowed");
    }

    [Fact]
    public async Task A_public_address_is_fetched_through_the_guard_with_its_query_as_it_is()
    {
        using var rig = NewRig();
        rig.Fetcher.Files[Signed] = await File.ReadAllBytesAsync(await MakeAsync("128x72", 16, [.. _h264]), Ct);
        rig.Engine.Script = (_, _) => Yield(new EngineEvent.RemoteVideo(new Uri(Signed), []));

        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Succeeded>();

        rig.Fetcher.Asked!.Url.ShouldBe(Signed);
    }

    [Fact]
    public async Task A_video_that_cannot_be_fetched_or_is_cut_off_is_tried_again()
    {
        var whole = await File.ReadAllBytesAsync(await MakeAsync("128x72", 16, [.. _h264]), Ct);
        using var rig = NewRig();
        rig.Fetcher.Answer = "the server answered 403";
        rig.Engine.Script = (_, _) => Yield(new EngineEvent.RemoteVideo(new Uri(Signed), []));
        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Retry>().Failure.Message.ShouldBe("The finished video could not be fetched: the server answered 403.");

        rig.Fetcher.Files[Signed] = whole[..(whole.Length / 2)];
        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Retry>().Failure.Message.ShouldStartWith("The finished video must be");

        rig.Engine.Script = (_, _) => Yield(new EngineEvent.VideoContent(_ => throw new HttpRequestException("https://10.0.0.7/secret refused"), []));
        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Retry>().Failure.Message.ShouldBe("The finished video could not be fetched.");
    }

    [Fact]
    public async Task A_video_above_the_limit_ends_the_run()
    {
        using var rig = NewRig();
        rig.Engine.Script = (_, _) => Yield(new EngineEvent.VideoContent(_ => Task.FromResult<Stream>(new MemoryStream(new byte[(1 << 20) + 1])), []));

        var failure = (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Failed>().Failure;

        (failure.Code, failure.Message).ShouldBe((FailureCodes.EngineContract, "The engine \"motion\" broke its contract: its video has more than 1 MiB."));
    }

    [Fact]
    public async Task A_video_longer_than_asked_for_is_not_delivered()
    {
        using var rig = NewRig();
        var source = await MakeAsync("128x72", 16, [.. _h264], seconds: 3);
        rig.Engine.Script = (_, _) => Yield(new EngineEvent.VideoContent(_ => Task.FromResult<Stream>(File.OpenRead(source)), []));

        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.Retry>().Failure.Message.ShouldContain("3");
    }

    [Fact]
    public async Task The_engine_goes_on_only_when_its_video_is_here()
    {
        var source = await MakeAsync("128x72", 16, [.. _h264]);
        using var rig = NewRig();
        var claim = rig.Claim();
        var isHere = false;
        rig.Engine.Script = (_, _) => Script();

        (await rig.RunAsync(claim)).ShouldBeOfType<AttemptOutcome.Succeeded>();
        isHere.ShouldBeTrue();

        async IAsyncEnumerable<EngineEvent> Script()
        {
            yield return new EngineEvent.VideoContent(_ => Task.FromResult<Stream>(File.OpenRead(source)), []);
            isHere = File.Exists(Path.Combine(rig.Artifacts.ScratchOf(claim.Run.Id, claim.Attempt.Fence), ReceiveVideo.FileName));
            await Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData(30, 30)]
    [InlineData(0, 0.1)]
    [InlineData(86_400, 3600)]
    public async Task A_busy_engines_run_waits_without_spending_an_attempt(double asked, double waits)
    {
        using var rig = NewRig();
        rig.Engine.Script = (_, _) => throw new EngineBusyException("The provider limits the rate.", TimeSpan.FromSeconds(asked));

        (await rig.RunAsync()).ShouldBeOfType<AttemptOutcome.HandedBack>().Delay.ShouldBe(TimeSpan.FromSeconds(waits));
    }

    public void Dispose()
    {
        _media.Dispose();
        _folder.Dispose();
    }

    private static async IAsyncEnumerable<EngineEvent> Yield(EngineEvent finished)
    {
        yield return finished;
        await Task.CompletedTask;
    }

    private Rig NewRig() => new(configure: services => services
        .Configure<WorkerOptions>(options => options.MaxReceivedMiB = 1)
        .AddSingleton(_media.GetRequiredService<IVideoEncoder>()).AddSingleton(_media.GetRequiredService<IPosterMaker>()));

    private async Task<string> MakeAsync(string size, int rate, IReadOnlyList<string> coding, int seconds = 2)
    {
        var path = _folder.File($"{size}-{seconds}.mp4");
        await RunAsync(["-f", "lavfi", "-i", $"testsrc2=size={size}:rate={rate}:duration={seconds}", "-f", "lavfi", "-i", $"sine=frequency=440:duration={seconds}", .. coding, "-f", "mp4", path]);
        return path;
    }

    /// <summary>Digests of the coded tracks.</summary>
    private static Task<string> PacketsAsync(string path) => RunAsync(["-i", path, "-map", "0:v:0", "-map", "0:a:0", "-c", "copy", "-f", "streamhash", "-"]);

    private static async Task<string> RunAsync(IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-y", "-loglevel", "error", "-nostdin", .. arguments]) { RedirectStandardOutput = true })!;
        var text = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldBe(0);
        return text;
    }
}
