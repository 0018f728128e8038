using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

/// <summary>Pictures that were cut out of a file, so that nothing in it is damaged; and clips of every structure, of which nothing is missing.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class MissingPictureTests : IDisposable
{
    private const string X264 = "keyint=30:min-keyint=30:scenecut=0:";

    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("libx264", "bframes=0", 30, 1.0)] // a key frame
    [InlineData("libx264", "bframes=0", 45, 0.5)] // a picture on which those behind it build
    [InlineData("libx264", "bframes=0:slices=4", 45, 0.5)]
    [InlineData("libx264", "bframes=3:b-pyramid=none:b-adapt=0:ref=4", 35, 0.833)] // with the three shown before it, which build on it too
    [InlineData("libx264", "bframes=3:b-pyramid=none:b-adapt=0:ref=1", 35, 0.833)] // right behind pictures on which none builds, and none names it
    [InlineData("libx264", "bframes=0:open-gop=1", 45, 0.5)]
    [InlineData("libx264", "bframes=0:intra-refresh=1", 75, 1.1)] // up to the end of the refresh that begins with picture 90
    [InlineData("libx264", "bframes=3:b-pyramid=none:b-adapt=0", 32, 0)] // a picture on which none builds
    [InlineData("libx265", "bframes=0", 45, 0.5)]
    [InlineData("libx265", "bframes=0:open-gop=0", 30, 1.0)]
    [InlineData("libx265", "bframes=3:b-pyramid=0:b-adapt=0", 35, 0.833)]
    public async Task A_picture_that_was_cut_out_is_lost_with_those_that_build_on_it(string codec, string settings, int number, double seconds)
    {
        var verdict = await InspectAsync(Cut(Make("whole.mp4", codec, settings), number));

        verdict.Message.ShouldBeNull();
        verdict.LostPictureSeconds.ShouldBe(seconds, 0.07);
        InspectionRecord.Read(verdict.Details).LostPictureSeconds.ShouldBe(verdict.LostPictureSeconds);
    }

    [Fact]
    public async Task A_picture_that_was_lost_before_the_clip_had_times_is_missed_by_its_number()
    {
        var (raw, path) = (_folder.Path("lost.264"), _folder.Path("lost.mp4"));
        Tool.Run("ffmpeg", ["-v", "error", "-i", Make("whole.mp4", "libx264", "bframes=0"), "-c", "copy", "-bsf:v", "h264_mp4toannexb,noise=drop=eq(n\\,45)", raw]);
        Tool.Run("ffmpeg", ["-v", "error", "-fflags", "+genpts", "-r", "30", "-i", raw, "-c", "copy", path]);

        (await InspectAsync(path)).LostPictureSeconds.ShouldBe(0.467, 0.07);
    }

    [Fact]
    public async Task A_clip_of_which_more_than_half_builds_on_a_missing_picture_is_refused() =>
        (await InspectAsync(Cut(Make("whole.mp4", "libx264", "bframes=0:keyint=300"), 20))).Message
            .ShouldBe("must be an MP4 or MOV video that can be played; more than half of its pictures are missing or damaged");

    /// <summary>None of the pictures needs no other: 19 after every thirtieth the last of 20 columns of blocks is renewed.</summary>
    [Theory]
    [InlineData(20, 0.933)] // 20 to 48
    [InlineData(40, 1.267)] // 40 to 78
    [InlineData(32, null)] // 46 of 88
    public async Task A_clip_cut_in_the_middle_of_a_refresh_has_lost_its_pictures_up_to_the_end_of_the_next_one(int number, double? seconds)
    {
        var path = _folder.Path("cut.mp4");
        Tool.Run("ffmpeg", ["-v", "error", "-i", Make("whole.mp4", "libx264", "bframes=0:intra-refresh=1"), "-c", "copy", "-bsf:v", $"noise=drop=lt(n\\,{number})", path]);

        var verdict = await InspectAsync(path);

        verdict.LostPictureSeconds.ShouldBe(seconds ?? 0, 0.07);
        verdict.Message.ShouldBe(seconds is null ? "must be an MP4 or MOV video that can be played; more than half of its pictures are missing or damaged" : null);
    }

    /// <summary>Another decoder shows the pictures of the whole clip and of the cut one; those that differ are lost.</summary>
    [Theory]
    [InlineData("bframes=0")]
    [Trait("Set", "long")]
    public async Task A_picture_cut_out_anywhere_is_missed_where_a_decoder_shows_others_in_its_place(string settings)
    {
        const int rate = 15;
        var whole = Clips.Make(_folder, "whole.mp4", seconds: 2.6, rate: rate, more: ["-c:v", "libx264", "-pix_fmt", "yuv420p", .. Settings("libx264", "keyint=15:min-keyint=15:" + settings)]);
        var good = Decoded(whole);
        List<string> wrong = [];
        // All but the last picture, behind which nothing is.
        for (var number = 1; number < good.Count - 1; number++)
        {
            var path = Cut(whole, number);
            var shown = Decoded(path);
            var others = shown.Count(picture => good.GetValueOrDefault(picture.Key) != picture.Value);
            var lost = (double)(good.Count - shown.Count + others) / rate;
            var verdict = await InspectAsync(path);
            var said = verdict.Problem is null ? verdict.LostPictureSeconds : lost;
            // Of a picture on which none builds, nothing but itself is missing.
            if (others == 0 && lost < 0.1 ? said > 0.1 : said < lost - 0.1)
                wrong.Add($"{number}: {others} pictures differ, {lost:0.00} s are lost; said were {said}");
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gaps_that_a_stream_allows_are_no_losses()
    {
        var whole = Make("whole.mp4", "libx264", "bframes=0");
        var bytes = await File.ReadAllBytesAsync(Cut(whole, 45), Ct);
        // The place of the flag within the parameter set, in bits.
        var trace = Tool.Log("ffmpeg", ["-i", whole, "-c", "copy", "-bsf:v", "trace_headers", "-frames:v", "1", "-f", "null", "-"]);
        var bit = int.Parse(Regex.Match(trace, @"(\d+)\s+gaps_in_frame_num_allowed_flag").Groups[1].Value, CultureInfo.InvariantCulture);
        var parameters = bytes.AsSpan().IndexOf("avcC"u8) + 12;
        bytes[parameters + (bit / 8)] |= (byte)(0x80 >> (bit % 8));

        (await InspectAsync(_folder.Write("allowed.mp4", bytes))).LostPictureSeconds.ShouldBe(0);
    }

    [Fact]
    public async Task Damage_that_decodes_is_found_by_the_checksums_of_an_encoder_that_writes_them()
    {
        var clip = Make("whole.mp4", "libx265", "bframes=0:hash=1");
        var bytes = await File.ReadAllBytesAsync(clip, Ct);
        var (at, size) = Clips.KeyFramePackets(clip)[1];
        bytes.AsSpan(at + (size / 2), 20).Fill(0x55);

        (await InspectAsync(_folder.Write("damaged.mp4", bytes))).LostPictureSeconds.ShouldBe(1, 0.07);
    }

    [Theory]
    [InlineData("libx264", "b-pyramid=strict:bframes=5")]
    [InlineData("libx264", "b-pyramid=normal:bframes=8:ref=8")]
    [InlineData("libx264", "b-pyramid=none:bframes=16")]
    [InlineData("libx264", "open-gop=1:bframes=3")]
    [InlineData("libx264", "intra-refresh=1")]
    [InlineData("libx264", "interlaced=1:bframes=2")]
    [InlineData("libx264", "fake-interlaced=1")]
    [InlineData("libx264", "slices=4:sliced-threads=1")]
    [InlineData("libx264", "slice-max-size=300")]
    [InlineData("libx264", "stitchable=1:bframes=0:ref=16")]
    [InlineData("libx264", "keyint=1")]
    [InlineData("libx264", "keyint=300:weightp=2")]
    [InlineData("libx264", "cabac=0:8x8dct=0:bframes=0:weightp=0")] // baseline
    [InlineData("libx265", "temporal-layers=1")]
    [InlineData("libx265", "open-gop=1:bframes=4")]
    [InlineData("libx265", "hash=1:slices=2")]
    public async Task A_whole_clip_of_any_structure_has_lost_nothing_nor_has_a_cut_a_joined_or_an_uneven_one(string codec, string settings)
    {
        var whole = Make("whole.mp4", codec, settings);
        var (cut, joined, varying) = (_folder.Path("cut.mp4"), _folder.Path("joined.mp4"), _folder.Path("varying.mp4"));
        Tool.Run("ffmpeg", ["-v", "error", "-ss", "1.3", "-i", whole, "-c", "copy", cut]);
        var list = _folder.Write("list", System.Text.Encoding.ASCII.GetBytes($"file '{whole}'\nfile '{whole}'\n"));
        Tool.Run("ffmpeg", ["-v", "error", "-f", "concat", "-safe", "0", "-i", list, "-c", "copy", joined]);
        Tool.Run("ffmpeg", ["-v", "error", "-i", whole, "-vf", "select='lt(n\\,30)+gt(n\\,50)*mod(n\\,3)'", "-vsync", "vfr", "-c:v", codec, .. Settings(codec, settings), varying]);

        // With pictures that are renewed in parts, one that begins in the middle lacks the first ones.
        foreach (var path in settings.StartsWith("intra-refresh", StringComparison.Ordinal) ? (string[])[whole, joined, varying] : [whole, cut, joined, varying])
        {
            var verdict = await InspectAsync(path);

            verdict.Message.ShouldBeNull(path);
            verdict.LostPictureSeconds.ShouldBe(0, path);
        }
    }

    /// <summary>The checksums of a clip's pictures by their times.</summary>
    private static Dictionary<string, string> Decoded(string path) => Tool.Run("ffmpeg", ["-v", "quiet", "-i", path, "-vsync", "passthrough", "-f", "framemd5", "-"])
        .Split('\n').Where(line => line.StartsWith('0')).Select(line => line.Split(',')).DistinctBy(parts => parts[2]).ToDictionary(parts => parts[2].Trim(), parts => parts[5]);

    private string Make(string name, string codec, string settings) => Clips.Make(_folder, name, seconds: 4, rate: 30, more: ["-c:v", codec, "-pix_fmt", "yuv420p", .. Settings(codec, settings)]);

    private static string[] Settings(string codec, string settings) => ["-preset", "veryfast", $"-{codec[3..]}-params", codec == "libx265" ? $"log-level=none:{X264}{settings}" : X264 + settings];

    private string Cut(string clip, int number)
    {
        var path = _folder.Path("cut-out.mp4");
        Tool.Run("ffmpeg", ["-v", "error", "-y", "-i", clip, "-c", "copy", "-bsf:v", $"noise=drop=eq(n\\,{number})", path]);
        return path;
    }

    private Task<TimedMediaInspection> InspectAsync(string path) => _media.VideoInspector.InspectAsync(path, Clips.ClipLimits, Ct);
}
