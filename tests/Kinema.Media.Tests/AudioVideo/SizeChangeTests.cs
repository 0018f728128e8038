using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class SizeChangeTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("libx264", "yuv420p", "bt709")]
    [InlineData("libx264", "yuv420p", "arib-std-b67")]
    public async Task A_clip_that_changes_its_size_stays_in_time(string codec, string pixels, string transfer)
    {
        string[] sizes = ["640x480", "320x240", "480x360", "640x480"];
        var parts = sizes.Index().Select(part => Part(part.Index, part.Item, codec, pixels)).ToList();
        var path = _folder.Path("call.mp4");
        var primaries = transfer == "bt709" ? "bt709" : "bt2020";
        var number = transfer == "bt709" ? (1, 1, 1) : (9, 18, 9);
        Tool.Run("ffmpeg", [
            "-v", "error", "-i", "concat:" + string.Join('|', parts), "-c", "copy",
            "-bsf:v", $"dump_extra,h264_metadata=colour_primaries={number.Item1}:transfer_characteristics={number.Item2}:matrix_coefficients={number.Item3}", path]);

        var (verdict, frames) = await _media.ReadAsync(path, 640, 480, Ct);

        verdict.Notes.ShouldBe(["changes the size of its pictures; all are scaled to the first one's shape"], primaries);
        frames.Count.ShouldBe(120);
        var levels = frames.Select(frame => (int)frame[(240 * 640) + 320]).ToList();
        // Each picture is one level lighter than the one before, whatever its size.
        if (transfer == "bt709")
            levels.Index().ShouldAllBe(level => Math.Abs(level.Item - (40 + level.Index)) <= 1);
        else
            levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second >= pair.First - 1 && pair.Second <= pair.First + 3);
    }

    /// <summary>Thirty grey pictures, each lighter than the one before, which go on where the part before ends.</summary>
    private string Part(int index, string size, string codec, string pixels)
    {
        var path = _folder.Path($"part{index}.ts");
        var first = 40 + (index * 30);
        Tool.Run("ffmpeg", [
            "-v", "error", "-f", "lavfi", "-i", $"color=gray:s={size}:r=30:d=1", "-vf", $"format={pixels},geq=lum={first}+N:cb=128:cr=128",
            "-c:v", codec, "-preset", "ultrafast", "-qp", "4", "-bf", "0", "-output_ts_offset", $"{index}", path]);
        return path;
    }
}
