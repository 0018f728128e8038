using System.Diagnostics;
using System.Runtime.Versioning;
using Kinema.Engines;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class VideoReaderTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(12, 60)]
    [InlineData(24, 60)]
    [InlineData(60, 60)]
    public async Task A_two_second_video_of_any_frame_rate_gives_sixty_frames_at_30_fps(int rate, int frames)
    {
        var clip = Clips.Input(Clips.Make(_folder, "clip.mp4", rate: rate), "video/mp4", 2);

        (await ReadAllAsync(clip, 320, 240)).Count.ShouldBe(frames);
    }

    [Fact]
    public async Task Frames_of_the_same_size_and_colours_are_unchanged()
    {
        string[] tagged = [.. Clips.X264, "-colorspace", "bt709", "-color_range", "tv", "-crf", "10"];
        var path = Clips.Make(_folder, "clip.mp4", rate: 30, more: tagged);
        var expected = Tool.Decode(path);

        var frames = await ReadAllAsync(Clips.Input(path, "video/mp4", 2), 320, 240);

        frames.SelectMany(f => f).SequenceEqual(expected).ShouldBeTrue();
    }

    [Fact]
    public async Task A_video_of_another_size_is_scaled_to_the_requested_size()
    {
        var clip = Clips.Input(Clips.Make(_folder, "clip.mp4", size: "640x480"), "video/mp4", 2);

        (await ReadAllAsync(clip, 320, 240)).ShouldAllBe(frame => frame.Length == 320 * 240 * 3 / 2);
    }

    [Theory]
    [InlineData("bt709", "tv", "bt709", 63, 102, 240)]
    [InlineData("smpte170m", "tv", "bt601", 63, 102, 240)]
    [InlineData("bt709", "pc", "bt709", 63, 102, 240)]
    [InlineData(null, "tv", "bt601", 63, 102, 240)]
    public async Task Colours_of_any_matrix_and_range_become_limited_bt709(string? tag, string range, string matrix, int y, int u, int v)
    {
        // Pure red is (63, 102, 240) in limited BT.709: ITU-R BT.709-6, 3.2 to 3.5.
        string[] colour = tag is null ? [] : ["-colorspace", tag];
        var path = _folder.Path("red.mp4");
        Tool.Run("ffmpeg", [
            "-v", "error", "-f", "lavfi", "-i", "color=red:s=320x240:r=12:d=2,format=gbrp", "-vf", $"scale=out_color_matrix={matrix}:out_range={range}:flags=accurate_rnd,format=yuv420p",
            .. Clips.X264, "-crf", "1", .. colour, "-color_range", range, path]);

        var frame = (await ReadAllAsync(Clips.Input(path, "video/mp4", 2), 320, 240))[30];

        ((int)frame[320 * 120]).ShouldBeInRange(y - 2, y + 2);
        ((int)frame[(320 * 240) + 9600]).ShouldBeInRange(u - 2, u + 2);
        ((int)frame[(320 * 240) + 19200 + 9600]).ShouldBeInRange(v - 2, v + 2);
    }

    [Fact]
    public async Task Ten_bit_high_dynamic_range_becomes_eight_bit_pictures_that_are_neither_black_nor_burnt_out()
    {
        string[] hdr = ["-c:v", "libx265", "-x265-params", "log-level=none", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le", "-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", "smpte2084"];
        var clip = Clips.Input(Clips.Make(_folder, "clip.mp4", rate: 4, more: hdr), "video/mp4", 2);

        var luma = (await ReadAllAsync(clip, 320, 240))[30].AsSpan(0, 320 * 240).ToArray().Average(b => (double)b);

        luma.ShouldBeInRange(40, 220);
    }

    [Fact]
    public async Task A_video_rotated_by_its_display_matrix_is_read_upright()
    {
        var flat = Clips.Make(_folder, "flat.mp4", size: "480x320", more: [.. Clips.X264, "-colorspace", "bt709", "-color_range", "tv"]);
        var path = _folder.Write("turned.mp4", Mp4Bytes.TurnedClockwise(await File.ReadAllBytesAsync(flat, Ct), height: 320));

        var turned = await ReadAllAsync(Clips.Input(path, "video/mp4", 2), 320, 480);
        var expected = Tool.Decode(flat, "-vf", "transpose=clock", "-frames:v", "1");

        Difference(turned[0], expected).ShouldBeLessThan(2);
    }

    [Fact]
    public async Task Properties_found_by_the_inspection_are_not_probed_again()
    {
        var path = Clips.Make(_folder, "clip.mp4", more: [.. Clips.X264, "-vf", "setsar=4/3", "-colorspace", "smpte170m"]);
        var verdict = await _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct);
        var withoutProbe = new MediaServices(options => options.FfprobePath = "/nowhere/ffprobe");
        var clip = Clips.Input(path, "video/mp4", verdict.Seconds);

        var known = await ReadAllAsync(clip with { Details = verdict.Details }, 320, 240, withoutProbe.Clips);

        known.SelectMany(f => f).SequenceEqual((await ReadAllAsync(clip, 320, 240)).SelectMany(f => f)).ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(() => ReadAllAsync(clip, 320, 240, withoutProbe.Clips));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"Picture":{"Codec":null},"SoundChannels":1}""")]
    [InlineData("[1]")]
    public async Task Unreadable_stored_properties_are_probed_again(string details)
    {
        var clip = Clips.Input(Clips.Make(_folder, "clip.mp4"), "video/mp4", 2) with { Details = details };

        (await ReadAllAsync(clip, 320, 240)).Count.ShouldBe(60);
    }

    [Fact]
    public async Task An_abandoned_reader_leaves_no_process()
    {
        var path = Clips.Make(_folder, "clip.mp4", size: "1280x720");

        await foreach (var frame in _media.Clips.ReadAsync(Clips.Input(path, "video/mp4", 2), 1280, 720, 30, Ct))
            break;

        Processes.Naming(path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_reader_stops_at_once_and_leaves_no_process()
    {
        var path = Clips.Make(_folder, "clip.mp4", size: "1280x720");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var frame in _media.Clips.ReadAsync(Clips.Input(path, "video/mp4", 2), 1280, 720, 30, cancel.Token))
                await cancel.CancelAsync();
        });

        Processes.Naming(path).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_decoder_without_output_is_killed_after_the_idle_timeout()
    {
        var path = Clips.Make(_folder, "clip.mp4");
        var media = new MediaServices(options => (options.FfmpegPath, options.IdleTimeoutSeconds) = (_folder.Script("mute", "exec sleep 600"), 1));
        var clock = Stopwatch.StartNew();

        var failure = await Should.ThrowAsync<EngineException>(async () =>
        {
            await foreach (var frame in media.Clips.ReadAsync(Clips.Input(path, "video/mp4", 2), 320, 240, 30, Ct))
                throw new InvalidOperationException("a frame came");
        });

        (failure.Code, failure.Message).ShouldBe(("INPUT_MEDIA_INVALID", "the input video cannot be decoded: nothing came for 1 seconds"));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_decoder_that_never_ends_is_killed_at_the_end_of_the_videos_duration()
    {
        var path = Clips.Make(_folder, "clip.mp4");
        var media = new MediaServices(options => options.FfmpegPath = _folder.Script("endless", "exec cat /dev/zero"));
        var count = 0;

        await foreach (var frame in media.Clips.ReadAsync(Clips.Input(path, "video/mp4", 2), 320, 240, 30, Ct))
            count++;

        count.ShouldBe(60);
    }

    [Fact]
    public async Task A_video_that_ends_before_its_duration_fails()
    {
        var path = Clips.Make(_folder, "clip.mp4");

        var failure = await Should.ThrowAsync<EngineException>(() => ReadAllAsync(Clips.Input(path, "video/mp4", 5), 320, 240));

        failure.Message.ShouldBe("the input video cannot be decoded: it ended after 60 of 150 frames");
    }

    private async Task<List<byte[]>> ReadAllAsync(MediaInput clip, int width, int height, IVideoReader? reader = null)
    {
        List<byte[]> frames = [];
        await foreach (var frame in (reader ?? _media.Clips).ReadAsync(clip, width, height, 30, Ct))
            frames.Add(frame.ToArray());
        return frames;
    }

    private static double Difference(byte[] one, byte[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Average();
}
