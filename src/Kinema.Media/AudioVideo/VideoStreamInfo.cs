using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Media.AudioVideo;

/// <param name="Width">Stored width, before pixel aspect ratio and rotation.</param>
/// <param name="PixelAspectRatio">Width of a stored pixel divided by its height.</param>
/// <param name="RotationDegrees">Rotation of the display matrix, degrees.</param>
/// <param name="Index">Index among all streams; null in details that an older version stored, which took the first video.</param>
/// <param name="Fields">Null if the frames are whole.</param>
/// <param name="ChangesSize">Whether decoded frames have more than one size.</param>
/// <param name="HoldSeconds">Time for which the last frame is shown although its sample lasts no time; 0 if the sample says it.</param>
internal sealed record VideoStreamInfo(
    string Codec,
    int Width,
    int Height,
    [property: JsonPropertyName("Stretch")] double PixelAspectRatio,
    [property: JsonPropertyName("Turn")] double RotationDegrees,
    string Matrix,
    string Transfer,
    string Primaries,
    string Range,
    int? Index = null,
    FieldOrder? Fields = null,
    bool ChangesSize = false,
    double HoldSeconds = 0)
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

    /// <summary>Stream specifier of ffmpeg and ffprobe.</summary>
    [JsonIgnore]
    public string Specifier => Index is { } index ? index.ToString(CultureInfo.InvariantCulture) : "V:0";

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
        ProbedStreams.Text(stream, "color_range") ?? "",
        (int?)ProbedStreams.Number(stream, "index"),
        // Two letters: the field coded first, then the one shown first.
        ProbedStreams.Text(stream, "field_order") switch { "tt" or "bt" => FieldOrder.TopFirst, "bb" or "tb" => FieldOrder.BottomFirst, _ => null });

    private static double ReadPixelAspectRatio(string? ratio) =>
        ratio?.Split(':') is [var wide, var high]
        && double.TryParse(wide, CultureInfo.InvariantCulture, out var w) && double.TryParse(high, CultureInfo.InvariantCulture, out var h) && w > 0 && h > 0
            ? w / h
            : 1;
}
