using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Media.Timed;

/// <summary>What ffprobe finds in a file without decoding all of it.</summary>
/// <param name="Start">Where the file's time begins, seconds.</param>
/// <param name="Declared">How long it says it is, seconds; not to be believed.</param>
/// <param name="Picture">The first stream of pictures that is no cover picture.</param>
/// <param name="AudioSampleRate">Samples a second of the first sound, or null where there is none.</param>
/// <param name="SoundChannels">Channels of the first sound; 0 where there is none.</param>
internal sealed record ProbedStreams(double Start, double Declared, VideoStreamInfo? Picture, int? AudioSampleRate, int SoundChannels)
{
    public static ProbedStreams Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var format = root.TryGetProperty("format", out var found) ? found : default;
        var streams = root.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToList() : [];
        var sound = streams.Find(s => Word(s, "codec_type") == "audio");
        return new(
            Number(format, "start_time") ?? 0,
            Number(format, "duration") ?? 0,
            streams.Where(s => Word(s, "codec_type") == "video" && !IsCover(s)).Select(VideoStreamInfo.Read).FirstOrDefault(),
            (int?)Number(sound, "sample_rate"),
            (int)(Number(sound, "channels") ?? 0));
    }

    public static string? Word(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(JsonElement of, string name) =>
        of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : null;

    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") == 1;
}

/// <param name="Width">As stored, before shape and turn are applied.</param>
/// <param name="Stretch">Width of one stored pixel over its height.</param>
/// <param name="Turn">Degrees by the display matrix.</param>
internal sealed record VideoStreamInfo(
    string Codec, int Width, int Height, double Stretch, double Turn, string Matrix, string Transfer, string Primaries, string Range)
{
    /// <summary>The size a viewer sees.</summary>
    [JsonIgnore]
    public (int Width, int Height) Seen
    {
        get
        {
            var width = (int)Math.Min(Math.Round(Width * Stretch), int.MaxValue / 2);
            var quarters = (int)Math.Round(Turn / 90);
            return quarters % 2 == 0 ? (width, Height) : (Height, width);
        }
    }

    public static VideoStreamInfo Read(JsonElement stream) => new(
        ProbedStreams.Word(stream, "codec_name") ?? "unknown",
        (int)(ProbedStreams.Number(stream, "width") ?? 0),
        (int)(ProbedStreams.Number(stream, "height") ?? 0),
        ReadStretch(ProbedStreams.Word(stream, "sample_aspect_ratio")),
        stream.TryGetProperty("side_data_list", out var extras)
            ? extras.EnumerateArray().Select(extra => ProbedStreams.Number(extra, "rotation") ?? 0).FirstOrDefault(turn => turn != 0)
            : 0,
        ProbedStreams.Word(stream, "color_space") ?? "",
        ProbedStreams.Word(stream, "color_transfer") ?? "",
        ProbedStreams.Word(stream, "color_primaries") ?? "",
        ProbedStreams.Word(stream, "color_range") ?? "");

    private static double ReadStretch(string? ratio) =>
        ratio?.Split(':') is [var wide, var high]
        && double.TryParse(wide, CultureInfo.InvariantCulture, out var w) && double.TryParse(high, CultureInfo.InvariantCulture, out var h) && w > 0 && h > 0
            ? w / h
            : 1;
}
