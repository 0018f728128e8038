using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Kinema.TestSupport;

/// <summary>Properties of a file according to ffprobe.</summary>
public static class Ffprobe
{
    /// <returns>ffprobe's own JSON: <c>streams</c> (with every frame counted in <c>nb_read_frames</c>) and <c>format</c>.</returns>
    public static async Task<JsonObject> ReadAsync(string path, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo("ffprobe", ["-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", path])
        {
            RedirectStandardOutput = true,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? JsonNode.Parse(text)!.AsObject() : throw new InvalidOperationException($"ffprobe ended with {process.ExitCode} on {path}.");
    }

    /// <summary>The file's one video stream.</summary>
    public static async Task<JsonObject> ReadVideoAsync(string path, CancellationToken ct)
    {
        var report = await ReadAsync(path, ct);
        return report["streams"]!.AsArray().Select(s => s!.AsObject()).Single(s => s["codec_type"]!.GetValue<string>() == "video");
    }
}
