using System.Globalization;
using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

/// <summary>Clips and sounds of many kinds as ffmpeg decodes them by itself: order, time and colour of the pictures, and sound within 1 ms.</summary>
[UnsupportedOSPlatform("windows")]
[Trait("Set", "long")]
public sealed class IndependentClipTests : IDisposable
{
    private const int Width = 320;
    private const int Height = 240;
    private const int FramesPerSecond = 30;

    /// <summary>Rises all the time: a tone would be as like itself a period later.</summary>
    private const string Sweep = "aevalsrc=0.3*sin(2*PI*(300*t+400*t*t)):s=48000:d=";

    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clip.mp4", "30", "-c:v libx264 -bf 3 -g 250 -c:a aac")]
    [InlineData("clip.mp4", "30", "-c:v libx264 -bf 3 -x264-params open-gop=1:keyint=12 -c:a aac")]
    [InlineData("clip.mp4", "24000/1001", "-c:v libx264 -bf 2 -c:a aac")]
    [InlineData("clip.mp4", "30000/1001", "-c:v libx264 -bf 2 -movflags +frag_keyframe+empty_moov -c:a aac")]
    [InlineData("clip.mp4", "15", "-c:v libx264 -profile:v baseline -c:a aac -ar 22050 -ac 1")]
    [InlineData("clip.mp4", "60", "-c:v libx264 -bf 2 -c:a libmp3lame")]
    [InlineData("clip.mp4", "25", "-c:v libx265 -x265-params log-level=none -tag:v hvc1 -c:a ac3")]
    [InlineData("clip.mp4", "25", "-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le -c:a eac3")]
    [InlineData("clip.mp4", "25", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus")]
    [InlineData("clip.mp4", "25", "-c:v libsvtav1 -preset 12 -c:a flac -strict -2")]
    [InlineData("clip.mp4", "25", "-c:v mpeg4 -q:v 2 -bf 2 -c:a aac -ac 6")]
    [InlineData("clip.mov", "24", "-c:v prores_ks -pix_fmt yuv422p10le -c:a pcm_s24le")]
    [InlineData("clip.mov", "24", "-c:v mjpeg -q:v 2 -pix_fmt yuvj420p -c:a alac")]
    [InlineData("clip.mov", "30", "-c:v libx264 -pix_fmt yuv444p -c:a pcm_f32le")]
    [InlineData("clip.mp4", "30", "-vf select=not(eq(mod(n*n\\,7)\\,2)) -fps_mode vfr -c:v libx264 -bf 2 -c:a aac")]
    [InlineData("clip.mp4", "10", "-vf setpts=PTS+0.03*sin(N)/TB -fps_mode vfr -enc_time_base 1/90000 -c:v libx264 -bf 0 -c:a aac")]
    public Task A_clip_of_any_kind_is_seen_and_heard_as_ffmpeg_decodes_it(string name, string rate, string options) => CompareAsync(Make(name, rate, options), tolerance: 1.5);

    [Theory]
    [InlineData("-ss 0.73 -i A -c copy -avoid_negative_ts make_zero")]
    [InlineData("-ss 0.73 -i A -c copy")]
    [InlineData("-itsoffset 0.25 -i A -i A -map 0:v -map 1:a -c copy")]
    [InlineData("-itsoffset 0.25 -i A -i A -map 1:v -map 0:a -c copy")]
    [InlineData("-i A -c copy -output_ts_offset 5")]
    [InlineData("-i A -c copy -video_track_timescale 90000 -movflags +faststart")]
    public Task A_clip_cut_or_moved_without_being_encoded_keeps_its_time(string options)
    {
        var path = _folder.Path("moved.mp4");
        var whole = Make("whole.mp4", "30", "-c:v libx264 -bf 3 -g 20 -c:a aac");
        Tool.Run("ffmpeg", ["-v", "error", .. options.Split(' ').Select(option => option == "A" ? whole : option), path]);
        return CompareAsync(path, tolerance: 1.5);
    }

    [Fact]
    public async Task A_turned_clip_is_seen_as_ffmpeg_turns_it()
    {
        var flat = Make("flat.mp4", "30", "-c:v libx264 -bf 2 -c:a aac");
        await CompareAsync(_folder.Write("turned.mp4", Mp4Bytes.TurnedClockwise(await File.ReadAllBytesAsync(flat, Ct), Height)), tolerance: 3, turned: true);
    }

    /// <summary>Formulas of our own in <see cref="ClipColourTests"/> check the colours of these; here only which picture is shown when.</summary>
    [Theory]
    [InlineData("arib-std-b67")]
    [InlineData("smpte2084")]
    public Task A_clip_of_high_dynamic_range_shows_each_picture_in_its_time(string transfer) => CompareAsync(
        Make("clip.mp4", "30", $"-c:v libx265 -x265-params log-level=none -pix_fmt yuv420p10le -color_primaries bt2020 -colorspace bt2020nc -color_trc {transfer} -c:a aac"), tolerance: null);

    [Theory]
    [InlineData("a.wav", "-c:a pcm_s16le -ar 8000")]
    [InlineData("a.wav", "-c:a pcm_u8 -ar 22050 -ac 1")]
    [InlineData("a.wav", "-c:a pcm_s24le -ar 96000 -ac 2")]
    [InlineData("a.wav", "-c:a pcm_f32le -ar 44100 -ac 6")]
    [InlineData("a.wav", "-c:a pcm_mulaw -ar 8000")]
    [InlineData("a.wav", "-c:a adpcm_ms -ar 44100")]
    [InlineData("a.wav", "-c:a pcm_s16le -rf64 always")]
    [InlineData("a.mp3", "-b:a 64k -ar 44100")]
    [InlineData("a.mp3", "-b:a 64k -ar 44100 -write_xing 0 -id3v2_version 0")]
    [InlineData("a.mp3", "-q:a 3 -ar 48000 -ac 2")]
    [InlineData("a.mp3", "-b:a 32k -ar 16000 -ac 1")]
    public async Task A_sound_of_any_kind_is_heard_as_ffmpeg_decodes_it(string name, string options)
    {
        var path = _folder.Path(name);
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", Sweep + "3", .. options.Split(' '), path]);
        var verdict = await _media.AudioInspector.InspectAsync(path, Clips.SoundLimits, Ct);
        verdict.Message.ShouldBeNull();
        await HearAsync(path, verdict);
    }

    private string Make(string name, string rate, string options)
    {
        var path = _folder.Path(name);
        string[] sources = ["-f", "lavfi", "-i", $"testsrc2=s={Width}x{Height}:r={rate}:d=3", "-f", "lavfi", "-i", Sweep + "3"];
        string[] colour = options.Contains("-colorspace", StringComparison.Ordinal) ? [] : ["-colorspace", "bt709"];
        string[] pixels = options.Contains("-pix_fmt", StringComparison.Ordinal) ? [] : ["-pix_fmt", "yuv420p"];
        Tool.Run("ffmpeg", ["-v", "error", .. sources, "-crf", "12", .. pixels, .. colour, .. options.Split(' '), path]);
        return path;
    }

    private async Task CompareAsync(string path, double? tolerance, bool turned = false)
    {
        var (width, height) = turned ? (Height, Width) : (Width, Height);
        var (verdict, frames) = await _media.ReadAsync(path, width, height, Ct, FramesPerSecond);
        var alone = new DecodedClip(path);
        var (pictures, times) = (alone.Pictures(width, height), alone.PictureTimes());

        pictures.Count.ShouldBe(times.Count);
        List<string> wrong = [];
        for (var frame = 0; frame < frames.Count; frame++)
        {
            var (shown, difference) = pictures.Select((picture, number) => (number, ClipFrames.Difference(frames[frame], picture))).MinBy(pair => pair.Item2);
            // Half a frame of the output is as near as a picture can come to its time; a picture stays until the next one.
            var (now, half) = ((double)frame / FramesPerSecond, 0.51 / FramesPerSecond);
            var begins = shown == 0 ? 0 : times[shown];
            var ends = shown + 1 < times.Count ? times[shown + 1] : double.MaxValue;
            if (begins > now + half || ends < now - half || difference > tolerance)
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"frame {frame} shows picture {shown} of {begins:0.000} to {ends:0.000} s, {difference:0.0} off"));
        }

        wrong.ShouldBeEmpty();
        if (verdict.HasAudio)
            await HearAsync(path, verdict);
    }

    private async Task HearAsync(string path, TimedMediaInspection verdict)
    {
        var source = Clips.Input(path, verdict.ContentType, verdict.Seconds, true) with { Details = verdict.Details };
        var expected = new DecodedClip(path).Sound();

        ShouldBeInTime(await _media.Sounds.ReadAsync(source, 48_000, 10, Ct), expected, "analysed");
        ShouldBeInTime(await _media.EncodeAsync(_folder, source, Ct), expected, "encoded");
    }

    /// <summary>Of all shifts by up to 20 ms the one at which both agree best is at most 1 ms, and there they are the same sound.</summary>
    private static void ShouldBeInTime(float[] heard, float[] expected, string what)
    {
        const int most = 960, step = 6, millisecond = 48;
        var (shift, agreement) = Enumerable.Range(-most / step, (2 * most / step) + 1).Select(i => (i * step, Agreement(i * step))).MaxBy(pair => pair.Item2);

        Math.Abs(shift).ShouldBeLessThanOrEqualTo(millisecond, $"{what}: {shift / 48.0:0.0} ms late");
        agreement.ShouldBeGreaterThan(0.97, what);

        double Agreement(int shift)
        {
            var (product, one, other) = (0.0, 0.0, 0.0);
            // From 0.4 s, when every clip is heard, to the end of the two seconds that are encoded.
            for (var i = 19_200; i < 90_000; i++)
            {
                var (a, b) = (heard[i + shift], expected[i]);
                (product, one, other) = (product + (a * b), one + (a * a), other + (b * b));
            }

            return product / Math.Sqrt(one * other);
        }
    }
}
