using System.Globalization;
using System.Text.Json;
using Kinema.Core.Catalog;
using Kinema.Core.Json;
using Kinema.Core.Runs;

namespace Kinema.Server.Videos;

/// <summary>A run as a video object.</summary>
internal sealed class VideoPresenter(ICatalog catalog)
{
    public byte[] Present(Run run) => WireJson.Write(json => Write(json, run));

    public byte[] Present(RunPage page) => WireJson.Write(json =>
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var run in page.Items)
            Write(json, run);
        json.WriteEndArray();
        json.WriteString("first_id", page.Items is [var first, ..] ? first.Id.ToString() : null);
        json.WriteString("last_id", page.Items is [.., var last] ? last.Id.ToString() : null);
        json.WriteBoolean("has_more", page.HasMore);
        json.WriteEndObject();
    });

    private void Write(Utf8JsonWriter json, Run run)
    {
        using var input = JsonDocument.Parse(run.EffectiveInputJson);
        var model = catalog.Find(run.ModelId);
        json.WriteStartObject();
        json.WriteString("id", run.Id.ToString());
        json.WriteString("object", "video");
        json.WriteString("model", run.ModelSlug);
        json.WriteString("status", run.Status switch
        {
            RunStatus.Queued => "queued",
            RunStatus.Succeeded => "completed",
            RunStatus.Failed or RunStatus.Canceled => "failed",
            _ => "in_progress",
        });
        json.WriteNumber("progress", run.Status == RunStatus.Succeeded ? 100 : 0);
        json.WriteNumber("created_at", run.CreatedAt.ToUnixTimeSeconds());
        WriteTime(json, "completed_at", run.CompletedAt);
        json.WriteNull("expires_at");
        WriteError(json, run);
        json.WriteString("prompt", Text(model, FieldMeaning.Prompt, input.RootElement));
        json.WriteString("seconds", Seconds(run, model, input.RootElement));
        json.WriteString("size", SizeOf(run));
        json.WriteNull("remixed_from_video_id");
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } at)
            json.WriteNumber(name, at.ToUnixTimeSeconds());
        else
            json.WriteNull(name);
    }

    private static void WriteError(Utf8JsonWriter json, Run run)
    {
        if (run.Status is not (RunStatus.Failed or RunStatus.Canceled))
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", (run.Failure?.Code ?? "CANCELED").ToLowerInvariant());
        json.WriteString("message", run.Failure?.Message ?? "The run was canceled.");
        json.WriteEndObject();
    }

    /// <summary>The delivered length, or what was asked for.</summary>
    private static string? Seconds(Run run, ModelManifest? model, JsonElement input) => run.Output?.Artifacts.FirstOrDefault(file => file.Role == "video")?.DurationSeconds is { } seconds
        ? Math.Round(seconds, 2).ToString(CultureInfo.InvariantCulture)
        : Text(model, FieldMeaning.Duration, input);

    /// <summary>The delivered size, or what was asked for.</summary>
    private static string? SizeOf(Run run)
    {
        if (run.Output?.Artifacts.FirstOrDefault(file => file.Role == "video") is { } video)
            return string.Create(CultureInfo.InvariantCulture, $"{video.Width}x{video.Height}");
        if (run.MetadataJson is not { } text)
            return null;

        using var metadata = JsonDocument.Parse(text);
        return metadata.RootElement.TryGetProperty(VideoOrder.Name, out var kept) && kept.ValueKind == JsonValueKind.Object && kept.TryGetProperty("size", out var size) ? size.ToString() : null;
    }

    private static string? Text(ModelManifest? model, FieldMeaning meaning, JsonElement input) =>
        model?.Inputs.FirstOrDefault(field => field.Meaning == meaning) is { } field && input.TryGetProperty(field.Name, out var value) ? value.ToString() : null;
}
