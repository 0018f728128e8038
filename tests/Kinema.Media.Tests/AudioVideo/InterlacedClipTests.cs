using System.Runtime.Versioning;
using Kinema.Media.Tests.Support;

namespace Kinema.Media.Tests.AudioVideo;

[UnsupportedOSPlatform("windows")]
public sealed class InterlacedClipTests : IDisposable
{
    private const int Width = 480;
    private const int Height = 320;

    /// <summary>A picture that moves sideways, fifty times a second.</summary>
    private const string Fields = "testsrc2=s=480x320:r=50:d=2.4,scroll=h=0.02";

    private readonly Folder _folder = new();
    private readonly MediaServices _media = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("clip.mp4", "top", "is interlaced; it was deinterlaced", "-c:v", "libx264", "-flags", "+ildct+ilme", "-x264opts", "tff=1")]
    [InlineData("clip.mp4", "bottom", "is interlaced; it was deinterlaced", "-c:v", "libx264", "-flags", "+ildct+ilme", "-x264opts", "bff=1")]
    [InlineData("clip.mov", "top", "is interlaced; it was deinterlaced", "-c:v", "prores_ks", "-flags", "+ildct+ilme")]
    [InlineData("clip.mov", "top", "is interlaced (top field first); it was deinterlaced", "-c:v", "mjpeg", "-q:v", "2", "-field_order", "tt")]
    [InlineData("clip.mov", "bottom", "is interlaced (bottom field first); it was deinterlaced", "-c:v", "mjpeg", "-q:v", "2", "-field_order", "bb")]
    public async Task Interlaced_frames_come_without_combed_edges_and_in_field_order(string name, string first, string note, params string[] codec)
    {
        var path = _folder.Path(name);
        // Containers tell the order by the codec's own flag, or by a box; Motion JPEG of whole frames has only the box.
        var mode = codec.Contains("mjpeg") ? "prog" : first == "top" ? "tff" : "bff";
        Tool.Run("ffmpeg", [
            "-v", "error", "-f", "lavfi", "-i", Fields, "-vf", $"tinterlace=mode=interleave_{first},setparams=field_mode={mode}:colorspace=bt709:range=tv,format={(name == "clip.mov" && codec[1] != "mjpeg" ? "yuv422p10le" : codec[1] == "mjpeg" ? "yuvj420p" : "yuv420p")}",
            .. codec, "-colorspace", "bt709", path]);
        var whole = Tool.RunBytes("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", Fields, "-vf", "select=not(mod(n\\,2)),setpts=N/25/TB,fps=30:start_time=0:round=near,scale=out_range=tv:out_color_matrix=bt709", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]);

        var (verdict, frames) = await _media.ReadAsync(path, Width, Height, Ct);

        verdict.Notes.ShouldBe([note]);
        foreach (var at in (int[])[15, 40, 58])
        {
            var twin = whole.AsSpan(at * frames[0].Length, frames[0].Length);
            Combing(frames[at]).ShouldBeLessThan(1.3 * Combing(twin), $"frame {at}");
            ClipFrames.Difference(frames[at].AsSpan(0, Width * Height), twin[..(Width * Height)]).ShouldBeLessThan(6, $"frame {at}");
        }
    }

    [Fact]
    public async Task Progressive_frames_are_not_touched()
    {
        var path = Clips.Make(_folder, "clip.mp4", rate: 30, more: [.. Clips.X264, "-colorspace", "bt709", "-color_range", "tv", "-crf", "10"]);

        var (verdict, frames) = await _media.ReadAsync(path, 320, 240, Ct);

        verdict.Notes.ShouldBeEmpty();
        frames.SelectMany(f => f).SequenceEqual(Tool.Decode(path)).ShouldBeTrue();
    }

    /// <summary>How much each line differs from those above and below it, where these agree.</summary>
    private static double Combing(ReadOnlySpan<byte> frame)
    {
        var sum = 0L;
        for (var y = 1; y < Height - 1; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var (above, line, below) = (frame[((y - 1) * Width) + x], frame[(y * Width) + x], frame[((y + 1) * Width) + x]);
                sum += Math.Abs(above - below) < 10 ? Math.Abs((2 * line) - above - below) : 0;
            }
        }

        return sum / (double)(Width * Height);
    }
}
