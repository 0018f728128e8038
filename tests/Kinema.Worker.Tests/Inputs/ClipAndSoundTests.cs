using System.Diagnostics;
using System.Text.Json.Nodes;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Tests.Support;

namespace Kinema.Worker.Tests.Inputs;

/// <summary>With the real programs that look into clips and sounds.</summary>
public sealed class ClipAndSoundTests
{
    private const string ClipUrl = "https://clips.example/clip.mp4";
    private const string SoundUrl = "https://clips.example/sound.wav";

    private static readonly Lazy<byte[]> _clip = new(() => Make("testsrc2=s=320x240:r=10:d=3", "-f lavfi -i sine=d=3 -c:v libx264 -preset ultrafast -f mp4"));
    private static readonly Lazy<byte[]> _sound = new(() => Make("sine=d=4", "-f wav"));

    [Fact]
    public async Task A_clip_is_noted_with_its_length_and_sound_and_reaches_the_engine()
    {
        using var rig = Rig();

        (await rig.RunAsync(ClaimClip(rig, duration: 5))).ShouldBeOfType<AttemptOutcome.Succeeded>();

        var input = rig.Ledger.Appends.SelectMany(a => a.Inputs).ShouldHaveSingleItem();
        (input.Field, input.ContentType, input.Width, input.Height, input.HasAudio).ShouldBe(("video_url", "video/mp4", 320, 240, true));
        input.Seconds.ShouldNotBeNull().ShouldBe(3, 0.1);
        var clip = rig.Engine.Asked!.InputVideo.ShouldNotBeNull();
        (clip.Seconds, clip.HasAudio, clip.Details).ShouldBe((input.Seconds, true, input.Details.ShouldNotBeNull()));
    }

    [Fact]
    public async Task A_sound_is_noted_beside_the_picture_and_the_output_says_so()
    {
        using var rig = Rig();
        rig.Engine.Script = (request, _) => WithSound(new Soundtrack(request.Audio!, null));

        var output = (await rig.RunAsync(ClaimSound(rig))).ShouldBeOfType<AttemptOutcome.Succeeded>().Output;

        output.Artifacts[0].HasAudio.ShouldBe(true);
        rig.Encoder.Soundtrack.ShouldNotBeNull().Source.Path.ShouldBe(rig.Engine.Asked!.Audio!.Path);
        var described = output.ModelData["inputs"]!.AsArray();
        described[0]!["duration"].ShouldBeNull();
        described[1]!["duration"]!.GetValue<double>().ShouldBe(4, 0.1);
        described[1]!["has_audio"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_damaged_sound_is_used_and_the_log_and_the_record_say_how_much_of_it_is_missing()
    {
        using var rig = Rig();
        var sound = Make("sine=d=4", "-b:a 64k -f mp3");
        Array.Clear(sound, sound.Length / 2, 8000);
        rig.Fetcher.Files[SoundUrl] = sound;

        var output = (await rig.RunAsync(ClaimSound(rig))).ShouldBeOfType<AttemptOutcome.Succeeded>().Output;

        var lost = output.ModelData["inputs"]![1]!["lost_seconds"]!.GetValue<double>();
        lost.ShouldBe(1, 0.1);
        rig.Ledger.Appends.SelectMany(a => a.Events).ShouldContain(
            e => e.DataJson.Contains($"input.audio_url is damaged: {lost.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} seconds of its audio cannot be decoded and are missing."));
    }

    [Fact]
    public async Task A_clip_with_lost_pictures_and_more_tracks_is_used_and_the_log_and_the_record_say_so()
    {
        using var rig = Rig();
        rig.Fetcher.Files[ClipUrl] = Make("testsrc2=s=320x240:r=10:d=4", "-map 0 -map 0 -c:v libx264 -g 10 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov -bsf:v:0 noise=drop=eq(n\\,0) -f mp4");

        var output = (await rig.RunAsync(ClaimClip(rig, 5))).ShouldBeOfType<AttemptOutcome.Succeeded>().Output;

        var described = output.ModelData["inputs"]![0]!;
        var lost = described["lost_picture_seconds"]!.GetValue<double>();
        lost.ShouldBe(1, 0.25);
        described["notes"]![0]!.GetValue<string>().ShouldBe("also holds a further video track, left out");
        var events = rig.Ledger.Appends.SelectMany(a => a.Events).ToList();
        events.ShouldContain(e => e.DataJson.Contains("input.video_url also holds a further video track, left out."));
        events.ShouldContain(
            e => e.DataJson.Contains($"input.video_url is damaged: {lost.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} seconds of its pictures are missing or smeared."));
    }

    [Fact]
    public async Task A_video_without_soundtrack_has_no_audio()
    {
        using var rig = Rig();

        var output = (await rig.RunAsync(ClaimSound(rig))).ShouldBeOfType<AttemptOutcome.Succeeded>().Output;

        output.Artifacts[0].HasAudio.ShouldBe(false);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_clip_as_long_as_the_duration_or_longer_is_refused(int duration)
    {
        using var rig = Rig();

        var failure = (await rig.RunAsync(ClaimClip(rig, duration))).ShouldBeOfType<AttemptOutcome.Failed>().Failure;

        (failure.Code, failure.Stage).ShouldBe((FailureCodes.InputMediaInvalid, "preprocess"));
        failure.Message.ShouldBe($"input.duration includes the input video and must be longer than it: at least 4 for the 3 seconds of input.video_url; got {duration}");
    }

    [Theory]
    [InlineData("#EXTM3U\nhttp://127.0.0.1/\n", "input.video_url must be an MP4 or MOV video; got an HLS playlist by its content")]
    [InlineData("", "input.video_url must be an MP4 or MOV video; the file is empty")]
    public async Task What_is_no_clip_fails_the_run_and_says_what_is_allowed(string text, string message)
    {
        using var rig = Rig();
        rig.Fetcher.Files[ClipUrl] = System.Text.Encoding.ASCII.GetBytes(text);

        var failure = (await rig.RunAsync(ClaimClip(rig, 5))).ShouldBeOfType<AttemptOutcome.Failed>().Failure;

        (failure.Code, failure.Message).ShouldBe((FailureCodes.InputMediaInvalid, message));
    }

    [Fact]
    public async Task What_an_earlier_attempt_found_out_is_not_looked_for_again()
    {
        using var rig = Rig();
        var stored = (await rig.Contents.PutAsync(rig.OrgId, new MemoryStream([1, 2, 3]), long.MaxValue, Support.Rig.Ct))!;
        var known = new RunInput("video_url", ClipUrl, stored.Digest, "video/mp4", 3, 320, 240) { Seconds = 3.5, HasAudio = true, Details = "{}" };

        (await rig.RunAsync(ClaimClip(rig, 5, [known]))).ShouldBeOfType<AttemptOutcome.Succeeded>();

        (rig.Engine.Asked!.InputVideo!.Seconds, rig.Engine.Asked.InputVideo.HasAudio, rig.Engine.Asked.InputVideo.Details).ShouldBe((3.5, true, "{}"));
    }

    private static Rig Rig()
    {
        var rig = new Rig();
        rig.Fetcher.Files[ClipUrl] = _clip.Value;
        rig.Fetcher.Files[SoundUrl] = _sound.Value;
        return rig;
    }

    private static ClaimedRun ClaimClip(Rig rig, int duration, IReadOnlyList<RunInput>? inputs = null) =>
        rig.Claim(inputs: inputs, input: new JsonObject { ["video_url"] = ClipUrl, ["duration"] = duration, ["resolution"] = "720p", ["seed"] = 7 });

    private static ClaimedRun ClaimSound(Rig rig) => rig.Claim(
        input: new JsonObject { ["image_url"] = Support.Rig.ImageUrl, ["audio_url"] = SoundUrl, ["duration"] = 2, ["resolution"] = "720p", ["seed"] = 7 });

    private static async IAsyncEnumerable<EngineEvent> WithSound(Soundtrack soundtrack)
    {
        yield return new EngineEvent.Started(ScriptedEngine.Format, []) { Soundtrack = soundtrack };
        foreach (var frame in ScriptedEngine.Frames(ScriptedEngine.Format))
            yield return frame;
        await Task.CompletedTask;
    }

    private static byte[] Make(string source, string more)
    {
        var path = Path.GetTempFileName();
        try
        {
            using var process = Process.Start("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", source, .. more.Split(' '), path]);
            process.WaitForExit();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
