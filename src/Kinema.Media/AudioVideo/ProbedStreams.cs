using System.Globalization;
using System.Text.Json;

namespace Kinema.Media.AudioVideo;

/// <summary>Streams of a file as ffprobe reports them, without decoding the whole file.</summary>
/// <param name="Start">Start time of the file, seconds.</param>
/// <param name="Declared">Declared duration, seconds; not reliable.</param>
/// <param name="Video">The first moving picture that is read; without one, the first that is not; null without pictures.</param>
/// <param name="Audio">All audio streams in their order.</param>
/// <param name="Others">What else is in the file, for people: <c>a cover picture</c>.</param>
internal sealed record ProbedStreams(double Start, double Declared, VideoStreamInfo? Video, IReadOnlyList<AudioStreamInfo> Audio, IReadOnlyList<string> Others)
{
    public static ProbedStreams Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var format = root.TryGetProperty("format", out var found) ? found : default;
        var streams = root.TryGetProperty("streams", out var list) ? list.EnumerateArray().ToList() : [];
        var pictures = streams.FindAll(s => Text(s, "codec_type") == "video");
        var moving = pictures.FindAll(s => !IsCoverArt(s));
        return new(
            Number(format, "start_time") ?? 0,
            Number(format, "duration") ?? 0,
            // A picture that stands still is read only where no moving one can be.
            moving.OrderBy(s => !IsRead(s) ? 2 : IsStill(s) ? 1 : 0).Select(VideoStreamInfo.Read).FirstOrDefault(),
            [.. streams.Where(s => Text(s, "codec_type") == "audio").Select(AudioStreamInfo.Read)],
            [
                .. Count(pictures.Count - moving.Count, "cover picture"),
                .. Count(moving.Count - 1, "further video track"),
                .. Count(streams.Count(s => Text(s, "codec_type") == "subtitle"), "subtitle track"),
                .. Count(streams.Count(s => Text(s, "codec_type") is "data" or "attachment" or null), "data track"),
            ]);
    }

    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static double? Number(JsonElement of, string name) =>
        of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : null;

    private static bool IsRead(JsonElement stream) => RestrictedInput.VideoCodecs.Contains(Text(stream, "codec_name"));

    private static bool IsCoverArt(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && (Number(disposition, "attached_pic") == 1 || Number(disposition, "timed_thumbnails") == 1);

    private static bool IsStill(JsonElement stream) => Number(stream, "nb_frames") == 1;

    private static IEnumerable<string> Count(int count, string what) =>
        count <= 0 ? [] : [count == 1 ? $"a {what}" : string.Create(CultureInfo.InvariantCulture, $"{count} {what}s")];
}
