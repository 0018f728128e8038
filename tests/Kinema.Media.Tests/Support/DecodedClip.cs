using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Kinema.Media.Tests.Support;

/// <summary>A file as ffmpeg and ffprobe read it by themselves: none of their arguments comes from the product.</summary>
internal sealed class DecodedClip
{
    private const int SamplesPerSecond = 48_000;

    private readonly double _start;

    public DecodedClip(string path)
    {
        Path = path;
        _start = Times(path, "stream=start_time", "streams").DefaultIfEmpty(0).Min();
    }

    public string Path { get; }

    /// <summary>Every picture, turned and scaled, in limited BT.709.</summary>
    public IReadOnlyList<byte[]> Pictures(int width, int height)
    {
        var filter = $"scale=w={width}:h={height}:flags=bicubic+accurate_rnd+full_chroma_int:out_color_matrix=bt709:out_range=tv";
        var all = Tool.RunBytes("ffmpeg", ["-v", "error", "-i", Path, "-map", "0:v:0", "-vf", filter, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"]);
        return [.. all.Chunk(width * height * 3 / 2)];
    }

    /// <summary>When each picture is to be seen, in seconds from the first thing that the file shows or plays.</summary>
    public IReadOnlyList<double> PictureTimes() => [.. Times(Path, "frame=best_effort_timestamp_time", "frames", "-select_streams", "v:0").Select(time => time - _start)];

    /// <summary>The sound at 48 kHz, one channel, from that moment on.</summary>
    public float[] Sound()
    {
        var first = Times(Path, "frame=best_effort_timestamp_time", "frames", "-select_streams", "a:0").First() - _start;
        var heard = Tool.RunBytes("ffmpeg", ["-v", "error", "-i", Path, "-map", "0:a:0", "-ac", "1", "-ar", $"{SamplesPerSecond}", "-f", "f32le", "pipe:1"]);
        return [.. new float[(int)Math.Round(Math.Max(0, first) * SamplesPerSecond)], .. MemoryMarshal.Cast<byte, float>(heard)];
    }

    private static List<double> Times(string path, string entries, string list, params string[] more)
    {
        var name = entries.Split('=')[1];
        return [.. JsonNode.Parse(Tool.Run("ffprobe", ["-v", "error", .. more, "-show_entries", entries, "-of", "json", path]))![list]!.AsArray()
            .Select(entry => entry?[name]?.ToString()).OfType<string>().Where(time => time != "N/A").Select(time => double.Parse(time, CultureInfo.InvariantCulture))];
    }
}
