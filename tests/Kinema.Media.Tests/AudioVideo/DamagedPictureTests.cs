using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class DamagedPictureTests : IDisposable
{
    private static readonly string[] _h264 = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", "30", "-keyint_min", "30", "-sc_threshold", "0"];
    private static readonly string[] _hevc = ["-c:v", "libx265", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=none:keyint=30:min-keyint=30:scenecut=0"];
    private static readonly string[] _mpeg4 = ["-c:v", "mpeg4", "-q:v", "4", "-g", "30", "-sc_threshold", "1000000000"];

    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("h264")]
    [InlineData("hevc")]
    [InlineData("mpeg4")]
    public async Task A_clip_without_a_key_frame_at_its_start_says_how_long_its_pictures_are_lost(string codec)
    {
        var path = _folder.Path("cut.mp4");
        Tool.Run("ffmpeg", ["-v", "error", "-i", Make(codec), "-c", "copy", "-bsf:v", "noise=drop=eq(n\\,0)", path]);

        var verdict = await InspectAsync(path);

        verdict.Message.ShouldBeNull();
        verdict.LostPictureSeconds.ShouldBe(1, 0.15);
        InspectionRecord.Read(verdict.Details).LostPictureSeconds.ShouldBe(verdict.LostPictureSeconds);
    }

    [Theory]
    [InlineData("h264", "zero")]
    [InlineData("h264", "random")]
    [InlineData("h264", "ones")]
    [InlineData("hevc", "zero")]
    [InlineData("hevc", "ones")]
    [InlineData("mpeg4", "ones")]
    [InlineData("mpeg4", "zero")]
    [InlineData("mpeg4", "random")]
    public async Task Pictures_that_build_on_a_damaged_key_frame_are_lost_up_to_the_next_one(string codec, string damage)
    {
        var verdict = await InspectAsync(Damage(Make(codec), damage, [1]));

        verdict.Message.ShouldBeNull();
        verdict.LostPictureSeconds.ShouldBe(1, 0.07);
        verdict.Seconds.ShouldBe(4, 0.05);
    }

    [Theory]
    [InlineData("h264")]
    [InlineData("hevc")]
    [InlineData("mpeg4")]
    public async Task A_clip_of_which_more_than_half_is_damaged_is_refused(string codec) =>
        (await InspectAsync(Damage(Make(codec), "zero", [0, 1, 2]))).Message
            .ShouldBe("must be an MP4 or MOV video that can be played; more than half of its pictures are missing or damaged");

    [Theory]
    [InlineData("h264")]
    [InlineData("hevc")]
    [InlineData("mpeg4")]
    public async Task A_whole_clip_has_lost_nothing(string codec) => (await InspectAsync(Make(codec))).LostPictureSeconds.ShouldBe(0);

    private string Make(string codec) =>
        Clips.Make(_folder, codec + ".mp4", seconds: 4, rate: 30, more: codec switch { "h264" => _h264, "hevc" => _hevc, _ => _mpeg4 });

    private string Damage(string clip, string damage, int[] keyFrames)
    {
        var bytes = File.ReadAllBytes(clip);
        var random = new Random(1);
        foreach (var (at, size) in keyFrames.Select(Clips.KeyFramePackets(clip).ElementAt))
        {
            var part = bytes.AsSpan(at, size);
            switch (damage)
            {
                case "zero": part.Clear(); break;
                case "ones": part[4..].Fill(0xFF); break;
                default: random.NextBytes(part[(size / 3)..]); break;
            }
        }

        return _folder.Write("damaged.mp4", bytes);
    }

    private Task<TimedMediaInspection> InspectAsync(string path) => _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct);
}
