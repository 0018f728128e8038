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
        // Containers tell the order by the codec's own flag, or by a box; Motion JPEG of whole frames has only the box.
        var isPlain = codec.Contains("mjpeg");
        var (pixels, mode) = (isPlain ? "yuvj420p" : codec.Contains("prores_ks") ? "yuv422p10le" : "yuv420p", isPlain ? "prog" : first == "top" ? "tff" : "bff");
        var path = Make(name, $"tinterlace=mode=interleave_{first},setparams=field_mode={mode}", pixels, codec);
        var twin = Make("twin" + name, "select=not(mod(n\\,2)),setpts=N/25/TB,fps=25", pixels, [.. codec.TakeWhile(option => option is not ("-flags" or "-field_order"))]);

        var (verdict, frames) = await _media.ReadAsync(path, Width, Height, Ct);
        var (_, whole) = await _media.ReadAsync(twin, Width, Height, Ct);
        var combed = Tool.Decode(path, "-vf", "fps=30:start_time=0:round=near,scale=out_range=tv");

        verdict.Notes.ShouldBe([note]);
        foreach (var at in (int[])[15, 40, 58])
        {
            var asStored = combed.AsSpan(at * frames[0].Length, frames[0].Length);
            var (without, with, best) = (Combing(frames[at]), Combing(asStored), Combing(whole[at]));
            (without - best).ShouldBeLessThan((with - best) / 3, $"frame {at}: {with} combed, {without} deinterlaced, {best} in whole pictures");
            // The twin is taken at the time of the first field: of the wrong order, or of another time, edges lie elsewhere.
            ClipFrames.Difference(frames[at].AsSpan(0, Width * Height), whole[at].AsSpan(0, Width * Height)).ShouldBeLessThan(4, $"frame {at}");
        }
    }

    [Fact]
    public async Task Interlaced_frames_are_deinterlaced_in_a_clip_that_changes_its_size()
    {
        string[] sizes = ["480x320", "240x160", "480x320"];
        var (path, whole) = (Call("call.mp4", interlaced: true), Call("twin.mp4", interlaced: false));

        var (verdict, frames) = await _media.ReadAsync(path, Width, Height, Ct);
        var (_, best) = await _media.ReadAsync(whole, Width, Height, Ct);
        var asStored = Tool.RunBytes("ffmpeg", [
            "-v", "error", "-reinit_filter", "0", "-i", path, "-vf", $"scale={Width}:{Height},fps=30:start_time=0:round=near", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]);

        verdict.Notes.ShouldBe(["changes the size of its pictures; all are scaled to the first one's shape", "is interlaced; it was deinterlaced"]);
        frames.Count.ShouldBe(90);
        foreach (var at in (int[])[15, 45, 75])
        {
            var with = Combing(asStored.AsSpan(at * frames[0].Length, frames[0].Length));
            (Combing(frames[at]) - Combing(best[at])).ShouldBeLessThan((with - Combing(best[at])) / 2, $"frame {at} of {with}");
            ClipFrames.Difference(frames[at].AsSpan(0, Width * Height), best[at].AsSpan(0, Width * Height)).ShouldBeLessThan(5, $"frame {at}");
        }

        string Call(string name, bool interlaced)
        {
            var parts = sizes.Select((size, index) =>
            {
                var part = _folder.Path($"{name}{index}.ts");
                var (fields, flags) = interlaced
                    ? ("tinterlace=mode=interleave_top,setparams=field_mode=tff", (string[])["-flags", "+ildct+ilme", "-x264opts", "tff=1"])
                    : ("select=not(mod(n\\,2)),setpts=N/25/TB,fps=25", []);
                Tool.Run("ffmpeg", [
                    "-v", "error", "-f", "lavfi", "-i", $"testsrc2=s={size}:r=50:d=1,scroll=h=0.02", "-vf", $"{fields},format=yuv420p", "-c:v", "libx264", .. flags,
                    "-preset", "ultrafast", "-bf", "0", "-qp", "4", "-colorspace", "bt709", "-output_ts_offset", $"{index}", part]);
                return part;
            });
            Tool.Run("ffmpeg", ["-v", "error", "-i", "concat:" + string.Join('|', parts), "-c", "copy", "-bsf:v", "dump_extra", _folder.Path(name)]);
            return _folder.Path(name);
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

    private string Make(string name, string filters, string pixels, string[] codec)
    {
        var path = _folder.Path(name);
        Tool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", Fields, "-vf", $"{filters},format={pixels}", .. codec, "-colorspace", "bt709", path]);
        return path;
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
