using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Media.AudioVideo;

/// <summary>Streams of a file as ffprobe reports them, without decoding the whole file.</summary>
/// <param name="Start">Start time of the file, seconds.</param>
/// <param name="Declared">Declared duration, seconds; not reliable.</param>
/// <param name="Video">First video stream that is not cover art.</param>
/// <param name="AudioSampleRate">Sample rate of the first audio stream, Hz; null without audio.</param>
/// <param name="AudioChannels">Channels of the first audio stream; 0 without audio.</param>
internal sealed record ProbedStreams(double Start, double Declared, VideoStreamInfo? Video, int? AudioSampleRate, int AudioChannels)
{
    public static ProbedStreams Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var format = root.TryGetProperty("format", out var found) ? found : default;
        var streams = root.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToList() : [];
        var audio = streams.Find(s => Text(s, "codec_type") == "audio");
        return new(
            Number(format, "start_time") ?? 0,
            Number(format, "duration") ?? 0,
            streams.Where(s => Text(s, "codec_type") == "video" && !IsCoverArt(s)).Select(VideoStreamInfo.Read).FirstOrDefault(),
            (int?)Number(audio, "sample_rate"),
            (int)(Number(audio, "channels") ?? 0));
    }

    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(JsonElement of, string name) =>
        of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : null;

    private static bool IsCoverArt(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") == 1;
}

/// <param name="Width">Stored width, before pixel aspect ratio and rotation.</param>
/// <param name="PixelAspectRatio">Width of a stored pixel divided by its height.</param>
/// <param name="RotationDegrees">Rotation of the display matrix, degrees.</param>
internal sealed record VideoStreamInfo(
    string Codec,
    int Width,
    int Height,
    [property: JsonPropertyName("Stretch")] double PixelAspectRatio,
    [property: JsonPropertyName("Turn")] double RotationDegrees,
    string Matrix,
    string Transfer,
    string Primaries,
    string Range)
{
    /// <summary>Size after pixel aspect ratio and rotation.</summary>
    [JsonIgnore]
    public (int Width, int Height) DisplaySize
    {
        get
        {
            var width = (int)Math.Min(Math.Round(Width * PixelAspectRatio), int.MaxValue / 2);
            var quarters = (int)Math.Round(RotationDegrees / 90);
            return quarters % 2 == 0 ? (width, Height) : (Height, width);
        }
    }

    public static VideoStreamInfo Read(JsonElement stream) => new(
        ProbedStreams.Text(stream, "codec_name") ?? "unknown",
        (int)(ProbedStreams.Number(stream, "width") ?? 0),
        (int)(ProbedStreams.Number(stream, "height") ?? 0),
        ReadPixelAspectRatio(ProbedStreams.Text(stream, "sample_aspect_ratio")),
        stream.TryGetProperty("side_data_list", out var sideData)
            ? sideData.EnumerateArray().Select(data => ProbedStreams.Number(data, "rotation") ?? 0).FirstOrDefault(rotation => rotation != 0)
            : 0,
        ProbedStreams.Text(stream, "color_space") ?? "",
        ProbedStreams.Text(stream, "color_transfer") ?? "",
        ProbedStreams.Text(stream, "color_primaries") ?? "",
        ProbedStreams.Text(stream, "color_range") ?? "");

    private static double ReadPixelAspectRatio(string? ratio) =>
        ratio?.Split(':') is [var wide, var high]
        && double.TryParse(wide, CultureInfo.InvariantCulture, out var w) && double.TryParse(high, CultureInfo.InvariantCulture, out var h) && w > 0 && h > 0
            ? w / h
            : 1;
}
