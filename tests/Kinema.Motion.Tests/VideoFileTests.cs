using System.Globalization;
using Kinema.Engines;
using Kinema.Media.Tests.Support;
using Kinema.Motion.Tests.Support;

namespace Kinema.Motion.Tests;

/// <summary>Output files, checked with ffprobe.</summary>
public sealed class VideoFileTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    public static TheoryData<string, string, int> Matrix
    {
        get
        {
            var all = new TheoryData<string, string, int>();
            foreach (var sample in EngineHarness.Samples)
            {
                foreach (var resolution in Enum.GetValues<VideoResolution>())
                {
                    foreach (var seconds in new[] { 2, 5, 15 })
                        all.Add(sample, resolution.ToString(), seconds);
                }
            }

            return all;
        }
    }

    [Theory]
    [InlineData("cat-451x300.png", nameof(VideoResolution.Hd720), 2)]
    [InlineData("astronaut-512x512.png", nameof(VideoResolution.Hd1080), 2)]
    [InlineData("rocket-640x427.jpg", nameof(VideoResolution.Hd720), 5)]
    public Task A_video_has_the_requested_format(string sample, string resolution, int seconds) =>
        CheckAsync(sample, Enum.Parse<VideoResolution>(resolution), seconds);

    [Theory]
    [Trait("Set", "long")]
    [MemberData(nameof(Matrix))]
    public Task Every_sample_size_and_length_has_the_requested_format(string sample, string resolution, int seconds) =>
        CheckAsync(sample, Enum.Parse<VideoResolution>(resolution), seconds);

    private async Task CheckAsync(string sample, VideoResolution resolution, int seconds)
    {
        var output = _harness.NewFile("video.mp4");
        var format = (await _harness.EncodeAsync(EngineHarness.Request(EngineHarness.Sample(sample), "push in", seconds, resolution), output)).Format;

        var probe = Tool.Probe(output);
        var stream = probe["streams"]!.AsArray().ShouldHaveSingleItem()!;
        string? Field(string name) => stream[name]?.ToString();
        (Field("nb_read_frames"), Field("nb_frames")).ShouldBe((Text(seconds * 30), Text(seconds * 30)));
        (Field("width"), Field("height")).ShouldBe((Text(format.Width), Text(format.Height)));
        var area = resolution == VideoResolution.Hd1080 ? 1920 * 1080 : 1280 * 720;
        ((double)format.Width * format.Height / area).ShouldBe(1, 0.005);
        (Field("codec_name"), Field("profile"), Field("pix_fmt")).ShouldBe(("h264", "High", "yuv420p"));
        (Field("color_space"), Field("color_transfer"), Field("color_primaries"), Field("color_range")).ShouldBe(("bt709", "bt709", "bt709", "tv"));
        (Field("r_frame_rate"), Field("avg_frame_rate")).ShouldBe(("30/1", "30/1"));
        double.Parse(Field("duration")!, CultureInfo.InvariantCulture).ShouldBe(seconds);
        probe["format"]!["tags"]!["kinema.engine"]!.ToString().ShouldBe("motion");
        Tool.Boxes(output).Where(box => box is "moov" or "mdat").ShouldBe(["moov", "mdat"]);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
