using System.Globalization;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Media.Tests.Support;

/// <summary>Clips and sounds made by ffmpeg on the spot, and the limits of the model page this product begins with.</summary>
internal static class Clips
{
    public static MediaLimits ClipLimits { get; } = new()
    {
        ContentTypes = ["video/mp4", "video/quicktime"],
        MaxBytes = 100_000_000,
        MinSide = 240,
        MaxSide = 4096,
        MaxAspectRatio = 8,
        MinSeconds = 2,
        MaxSeconds = 10,
    };

    public static MediaLimits SoundLimits { get; } = new() { ContentTypes = ["audio/wav", "audio/mpeg"], MaxBytes = 15_000_000, MinSeconds = 2, MaxSeconds = 30 };

    public static string[] X264 { get; } = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

    /// <summary>A clip of moving bars.</summary>
    /// <param name="more">Options of the output; H.264 where none are given.</param>
    public static string Make(Folder folder, string name, double seconds = 2, string size = "320x240", int rate = 12, bool sound = false, string[]? more = null)
    {
        var path = folder.Path(name);
        string[] sources = ["-f", "lavfi", "-i", FormattableString.Invariant($"testsrc2=s={size}:r={rate}:d={seconds}")];
        if (sound)
            sources = [.. sources, "-f", "lavfi", "-i", FormattableString.Invariant($"sine=440:r=48000:d={seconds}")];
        Tool.Run("ffmpeg", ["-v", "error", "-y", .. sources, .. more ?? X264, path]);
        return path;
    }

    /// <summary>A tone.</summary>
    public static string Tone(Folder folder, string name, double seconds, params string[] more)
    {
        var path = folder.Path(name);
        Tool.Run("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", "-i", FormattableString.Invariant($"sine=440:r=44100:d={seconds}"), .. more, path]);
        return path;
    }

    /// <summary>Byte positions of a file's audio packets that begin within these seconds.</summary>
    public static IEnumerable<(int At, int Size)> SoundPackets(string path, double from, double to) =>
        Packets(path, "a:0").Where(packet => Number(packet, "pts_time") >= from && Number(packet, "pts_time") < to).Select(Place).ToList();

    /// <summary>Byte positions of the key frames of a file's video.</summary>
    public static IReadOnlyList<(int At, int Size)> KeyFramePackets(string path) =>
        [.. Packets(path, "v:0").Where(packet => packet!["flags"]!.ToString().StartsWith('K')).Select(Place)];

    private static JsonArray Packets(string path, string stream) =>
        JsonNode.Parse(Tool.Run("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time,pos,size,flags", "-of", "json", path]))!["packets"]!.AsArray();

    private static (int At, int Size) Place(JsonNode? packet) => ((int)Number(packet, "pos"), (int)Number(packet, "size"));

    private static double Number(JsonNode? packet, string name) => double.Parse(packet![name]!.ToString(), CultureInfo.InvariantCulture);

    public static MediaInput Input(string path, string contentType, double? seconds = null, bool hasSound = false) => new()
    {
        Path = path,
        Digest = "",
        ContentType = contentType,
        SizeBytes = new FileInfo(path).Length,
        Seconds = seconds,
        HasAudio = hasSound,
    };
}
