using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class VideoInspectorTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clip.mp4", "video/mp4")]
    [InlineData("clip.mov", "video/quicktime")]
    public async Task A_video_is_detected_by_content_with_its_size_duration_and_audio(string name, string type)
    {
        var verdict = await InspectAsync(Clips.Make(_folder, name, seconds: 2.5, sound: true));

        verdict.Message.ShouldBeNull();
        (verdict.ContentType, verdict.Width, verdict.Height, verdict.HasAudio, verdict.HasUndecodableAudio).ShouldBe((type, 320, 240, true, false));
        verdict.Seconds.ShouldBe(2.5, 0.05);
    }

    [Theory]
    [InlineData("240x240", 240, 240)]
    [InlineData("1920x240", 1920, 240)]
    [InlineData("4096x512", 4096, 512)]
    public async Task Sides_and_shapes_up_to_the_limits_are_accepted(string size, int width, int height)
    {
        var verdict = await InspectAsync(Clips.Make(_folder, "clip.mp4", size: size, rate: 4));

        verdict.Message.ShouldBeNull();
        (verdict.Width, verdict.Height).ShouldBe((width, height));
    }

    [Theory]
    [InlineData("239x240", "must be an MP4 or MOV video with sides of 240 to 4096 pixels; got 239×240 pixels")]
    [InlineData("640x238", "must be an MP4 or MOV video with sides of 240 to 4096 pixels; got 640×238 pixels")]
    [InlineData("4098x514", "must be an MP4 or MOV video with sides of 240 to 4096 pixels; got 4098×514 pixels")]
    [InlineData("1930x240", "must be an MP4 or MOV video of a shape from 1:8 to 8:1; got 1930×240 pixels")]
    public async Task Sides_and_shapes_beyond_the_limits_are_refused(string size, string message)
    {
        string[] anySize = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv444p", "-vf", $"scale={size},setsar=1"];

        var verdict = await InspectAsync(Clips.Make(_folder, "clip.mp4", rate: 4, more: anySize));

        (verdict.Problem, verdict.Message).ShouldBe((MediaProblem.Invalid, message));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public async Task Lengths_at_the_limits_are_accepted(double seconds)
    {
        var verdict = await InspectAsync(Clips.Make(_folder, "clip.mp4", seconds, "240x240", 4, sound: true));

        verdict.Message.ShouldBeNull();
        verdict.Seconds.ShouldBe(seconds, 0.05);
    }

    [Theory]
    [InlineData(1.5, "must be an MP4 or MOV video of 2 to 10 seconds; got 1.5 seconds")]
    [InlineData(10.5, "must be an MP4 or MOV video of 2 to 10 seconds; got 10.5 seconds")]
    [InlineData(40, "must be an MP4 or MOV video of 2 to 10 seconds; got 40 seconds")]
    public async Task Lengths_beyond_the_limits_are_refused(double seconds, string message)
    {
        var verdict = await InspectAsync(Clips.Make(_folder, "clip.mp4", seconds, "240x240", 4));

        (verdict.Problem, verdict.Message).ShouldBe((MediaProblem.Invalid, message));
    }

    [Fact]
    public async Task A_video_with_too_many_pixels_in_total_is_refused_by_its_index_without_starting_a_process()
    {
        var path = Clips.Make(_folder, "clip.mp4", seconds: 3, rate: 10);
        var stingy = new MediaServices(options => (options.MaxClipPixels, options.FfprobePath) = ((30 * 320 * 240) - 1, "/nowhere/ffprobe"));

        var verdict = await stingy.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct);

        verdict.Problem.ShouldBe(MediaProblem.TooLarge);
        verdict.Message.ShouldBe("must be an MP4 or MOV video with at most 2.3 million pixels in all its frames; got 30 frames of 320×240 pixels");
    }

    [Fact]
    [Trait("Set", "long")]
    public async Task The_longest_video_of_the_largest_wide_size_is_inspected_within_the_limits()
    {
        var verdict = await InspectAsync(Clips.Make(_folder, "clip.mp4", 10, "4096x2304", 30, sound: true, more: [.. Clips.X264, "-b:v", "70M"]));

        verdict.Message.ShouldBeNull();
        (verdict.Width, verdict.Height).ShouldBe((4096, 2304));
    }

    [Fact]
    public async Task A_file_of_too_many_bytes_is_too_large()
    {
        var path = Clips.Make(_folder, "clip.mp4");

        var verdict = await _media.VideoInspector.InspectAsync(path, Clips.ClipLimits with { MaxBytes = 1000 }, Ct);

        verdict.Problem.ShouldBe(MediaProblem.TooLarge);
        verdict.Message.ShouldNotBeNull().ShouldStartWith("must be an MP4 or MOV video of at most 0 MB; got 0.");
    }

    [Fact]
    public async Task A_video_rotated_by_its_display_matrix_is_measured_after_rotation()
    {
        var flat = Clips.Make(_folder, "flat.mp4", size: "480x320");
        var path = _folder.Write("turned.mp4", Mp4Bytes.TurnedClockwise(await File.ReadAllBytesAsync(flat, Ct), height: 320));

        var verdict = await InspectAsync(path);

        (verdict.Width, verdict.Height).ShouldBe((320, 480));
    }

    [Theory]
    [InlineData(0.25, false)]
    [InlineData(0.8, true)]
    public async Task Damaged_audio_of_a_video_is_measured_and_dropped_if_more_than_half_is_lost(double share, bool isLeftOut)
    {
        var path = Clips.Make(_folder, "clip.mp4", seconds: 4, sound: true, more: [.. Clips.X264, "-c:a", "aac"]);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        foreach (var (at, size) in Clips.SoundPackets(path, from: 0.5, to: 0.5 + (4 * share)))
            bytes.AsSpan(at, size).Fill(0xFF);

        var verdict = await InspectAsync(_folder.Write("damaged.mp4", bytes));

        verdict.Message.ShouldBeNull();
        (verdict.HasAudio, verdict.HasUndecodableAudio).ShouldBe((!isLeftOut, isLeftOut));
        verdict.LostSeconds.ShouldBe(isLeftOut ? 0 : 4 * share, 0.15);
    }

    [Fact]
    public async Task A_video_with_non_square_pixels_is_measured_at_its_display_size()
    {
        var verdict = await InspectAsync(Clips.Make(_folder, "clip.mp4", size: "360x288", more: [.. Clips.X264, "-vf", "setsar=4/3"]));

        (verdict.Width, verdict.Height).ShouldBe((480, 288));
    }

    [Theory]
    [InlineData("clip.mov", "-c:v", "prores_ks", "-profile:v", "0")]
    [InlineData("clip.mov", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")]
    [InlineData("clip.mp4", "-c:v", "mpeg4")]
    [InlineData("clip.mp4", "-c:v", "libx265", "-x265-params", "log-level=none", "-preset", "ultrafast", "-pix_fmt", "yuv420p10le")]
    [InlineData("clip.mp4", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8")]
    [InlineData("clip.mp4", "-c:v", "libx264", "-movflags", "frag_keyframe+empty_moov")]
    public async Task The_codecs_and_layouts_that_cameras_and_editors_write_are_read(string name, params string[] codec)
    {
        var verdict = await InspectAsync(Clips.Make(_folder, name, more: codec));

        verdict.Message.ShouldBeNull();
        verdict.Seconds.ShouldBe(2, 0.1);
    }

    [Fact]
    public async Task An_unsupported_codec_is_named()
    {
        var verdict = await InspectAsync(Clips.Make(_folder, "clip.mp4", rate: 25, more: ["-c:v", "mpeg2video"]));

        verdict.Message.ShouldBe("must be an MP4 or MOV video that can be played; its pictures are coded as mpeg2video; H.264, HEVC, AV1, VP9, MPEG-4, ProRes and Motion JPEG are read");
    }

    [Fact]
    public async Task A_video_of_variable_frame_rate_has_its_presentation_duration()
    {
        string[] uneven = ["-vf", "select='lt(n,10)+not(mod(n,7))'", "-vsync", "vfr", .. Clips.X264];

        (await InspectAsync(Clips.Make(_folder, "clip.mp4", seconds: 3, rate: 30, more: uneven))).Seconds.ShouldBe(3, 0.25);
    }

    [Fact]
    public async Task Content_removed_by_an_edit_list_does_not_count()
    {
        var whole = Clips.Make(_folder, "whole.mp4", seconds: 8, sound: true);
        var path = _folder.Path("cut.mp4");
        Tool.Run("ffmpeg", ["-v", "error", "-ss", "4.5", "-i", whole, "-t", "3", "-c", "copy", path]);

        var verdict = await InspectAsync(path);

        verdict.Message.ShouldBeNull();
        verdict.Seconds.ShouldBe(3, 0.3);
    }

    [Fact]
    public async Task Additional_video_audio_and_text_tracks_are_ignored()
    {
        var clip = Clips.Make(_folder, "clip.mp4", sound: true);
        var words = _folder.Write("words.srt", "1\n00:00:00,000 --> 00:00:01,000\nHello\n"u8.ToArray());
        var path = _folder.Path("many.mp4");
        Tool.Run("ffmpeg", ["-v", "error", "-i", clip, "-i", words, "-map", "0:v", "-map", "0:v", "-map", "0:a", "-map", "0:a", "-map", "1", "-c", "copy", "-c:s", "mov_text", path]);

        (await InspectAsync(path)).Message.ShouldBeNull();
    }

    [Fact]
    public async Task Audio_alone_is_not_a_video() =>
        (await InspectAsync(Clips.Tone(_folder, "sound.mp4", 3, "-c:a", "aac"))).Message.ShouldBe("must be an MP4 or MOV video that can be played; it has no pictures");

    private Task<TimedMediaInspection> InspectAsync(string path) => _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct);
}
