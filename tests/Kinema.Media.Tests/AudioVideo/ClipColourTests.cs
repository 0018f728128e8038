using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class ClipColourTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("hlg", 250)]
    [InlineData("pq", 250)]
    [InlineData("bt2020", 255)]
    [InlineData("p3", 255)]
    [InlineData("p3-srgb", 255)]
    public async Task A_clip_of_another_dynamic_range_or_gamut_shows_the_colours_of_its_standard_twin(string kind, double white)
    {
        var (_, frames) = await _media.ReadAsync(ColourChart.Write(_folder, kind), ColourChart.Width, ColourChart.Height, Ct);

        ShouldShow(frames[30], [.. ColourChart.Colours.Select(colour => colour[0] == 255 ? [white, white, white] : colour)]);
    }

    [Theory]
    [InlineData("hlg")]
    [InlineData("pq")]
    [InlineData("bt2020")]
    [InlineData("p3")]
    [InlineData("p3-srgb")]
    [Trait("Set", "long")]
    public async Task Any_colour_below_the_roll_off_is_that_of_the_standard_twin(string kind)
    {
        var random = new Random(1);
        for (var chart = 0; chart < 10; chart++)
        {
            double[][] colours = [.. Enumerable.Range(0, 24).Select(_ => Enumerable.Range(0, 3).Select(_ => (double)random.Next(25, 240)).ToArray())];
            var (_, frames) = await _media.ReadAsync(ColourChart.Write(_folder, kind, colours), ColourChart.Width, ColourChart.Height, Ct);
            ShouldShow(frames[30], colours);
        }
    }

    [Theory]
    [InlineData("1024x576", false, "bt601")]
    [InlineData("576x1024", false, "bt601")]
    [InlineData("1024x576", true, "bt601")]
    [InlineData("1280x720", false, "bt709")]
    [InlineData("720x1280", false, "bt709")]
    [InlineData("1280x720", true, "bt709")]
    public async Task Untagged_colours_are_told_by_the_size_as_shown_whether_upright_or_turned(string size, bool isTurned, string matrix)
    {
        var path = _folder.Path("red.mp4");
        Tool.Run("ffmpeg", [
            "-v", "error", "-f", "lavfi", "-i", $"color=red:s={size}:r=12:d=2,format=gbrp", "-vf", $"scale=out_color_matrix={matrix}:out_range=tv:flags=accurate_rnd,format=yuv420p",
            .. Clips.X264, "-crf", "1", path]);
        if (isTurned)
            path = _folder.Write("turned.mp4", Mp4Bytes.TurnedClockwise(await File.ReadAllBytesAsync(path, Ct), height: int.Parse(size.Split('x')[1])));

        var (_, frames) = await _media.ReadAsync(path, 320, 240, Ct);

        // Pure red is (63, 102, 240) in limited BT.709: ITU-R BT.709-6, 3.2 to 3.5.
        ((int)frames[30][320 * 120]).ShouldBeInRange(61, 65);
        ((int)frames[30][(320 * 240) + 9600]).ShouldBeInRange(100, 104);
        ((int)frames[30][(320 * 240) + 19200 + 9600]).ShouldBeInRange(238, 242);
    }

    private static void ShouldShow(byte[] frame, double[][] colours)
    {
        foreach (var (patch, colour) in colours.Index())
        {
            var read = ColourChart.Read(frame, patch);
            for (var channel = 0; channel < 3; channel++)
                read[channel].ShouldBe(colour[channel], 3, $"{string.Join(',', colour)} became {string.Join(',', read.Select(v => Math.Round(v)))}");
        }
    }
}
