using System.Globalization;
using System.Text.Json;

namespace Kinema.Media.AudioVideo;

/// <summary>The output contract is one H.264 track of 8-bit 4:2:0 at a constant whole rate, and at most one AAC track, in MP4.</summary>
internal sealed class OutputProbe(StreamProbe probe) : IOutputProbe
{
    private const string Mp4 = "video/mp4";
    private const int MaxFramesPerSecond = 120;

    public async Task<(OutputFacts? Facts, string? Problem)> ProbeAsync(string path, CancellationToken ct)
    {
        if (await FindTypeAsync(path, ct).ConfigureAwait(false) is not Mp4)
            return (null, "is not an MP4 file");
        if (await probe.CountAsync(Mp4, path, ct).ConfigureAwait(false) is not { } json)
            return (null, "cannot be read");

        try
        {
            using var document = JsonDocument.Parse(json);
            return Judge([.. document.RootElement.GetProperty("streams").EnumerateArray()]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return (null, "cannot be read");
        }
    }

    public async Task<int?> FindRateAsync(string path, CancellationToken ct)
    {
        if (await probe.CountAsync(Mp4, path, ct).ConfigureAwait(false) is not { } json)
            return null;

        try
        {
            using var document = JsonDocument.Parse(json);
            var rate = document.RootElement.GetProperty("streams").EnumerateArray().Where(s => ProbedStreams.Text(s, "codec_type") == "video")
                .Select(s => ProbedStreams.Text(s, "avg_frame_rate")).FirstOrDefault();
            return rate?.Split('/') is [var number, var time]
                && double.TryParse(number, CultureInfo.InvariantCulture, out var frames) && double.TryParse(time, CultureInfo.InvariantCulture, out var seconds)
                && frames / seconds is > 0 and <= MaxFramesPerSecond and var exact ? Math.Max(1, (int)Math.Round(exact)) : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static (OutputFacts? Facts, string? Problem) Judge(List<JsonElement> streams)
    {
        var pictures = streams.FindAll(s => ProbedStreams.Text(s, "codec_type") == "video");
        var sounds = streams.FindAll(s => ProbedStreams.Text(s, "codec_type") == "audio");
        if (pictures.Count != 1 || sounds.Count > 1 || pictures.Count + sounds.Count != streams.Count)
            return (null, $"has {pictures.Count} video, {sounds.Count} audio and {streams.Count - pictures.Count - sounds.Count} other tracks; one video and at most one audio track are allowed");

        var picture = pictures[0];
        if (ProbedStreams.Text(picture, "codec_name") is var codec and not "h264")
            return (null, $"is coded as {codec}; H.264 is allowed");
        if (ProbedStreams.Text(picture, "pix_fmt") is var format and not "yuv420p")
            return (null, $"has pixels of the format {format}; yuv420p is allowed");
        if (sounds is [var sound] && ProbedStreams.Text(sound, "codec_name") is var soundCodec and not "aac")
            return (null, $"has sound coded as {soundCodec}; AAC is allowed");

        var rate = ProbedStreams.Text(picture, "r_frame_rate");
        if (rate != ProbedStreams.Text(picture, "avg_frame_rate") || ReadRate(rate) is not { } framesPerSecond)
            return (null, $"has no constant whole rate of 1 to {MaxFramesPerSecond} frames per second");

        return ProbedStreams.Number(picture, "nb_read_packets") is > 0 and var count
            && ProbedStreams.Number(picture, "width") is { } width
            && ProbedStreams.Number(picture, "height") is { } height
            ? (new((int)width, (int)height, framesPerSecond, (int)count, sounds.Count == 1), null)
            : (null, "has no pictures");
    }

    /// <summary>Reads <c>16/1</c>.</summary>
    private static int? ReadRate(string? rate) =>
        rate?.Split('/') is [var number, "1"]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var framesPerSecond)
        && framesPerSecond is > 0 and <= MaxFramesPerSecond ? framesPerSecond : null;

    private static async Task<string?> FindTypeAsync(string path, CancellationToken ct)
    {
        var head = new byte[ContentTypes.BytesNeeded];
        await using var file = File.OpenRead(path);
        var count = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct).ConfigureAwait(false);
        return ContentTypes.SniffMovie(head.AsSpan(0, count));
    }
}
