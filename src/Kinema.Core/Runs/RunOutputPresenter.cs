using System.Text.Json;
using Kinema.Core.Artifacts;
using Kinema.Core.Json;

namespace Kinema.Core.Runs;

/// <summary>Writes a run's output as JSON. The store has artifact keys; every read signs new URLs.</summary>
public sealed class RunOutputPresenter(ISignedUrls urls)
{
    private const string VideoRole = "video";

    /// <summary>Members of <c>model_data</c> with the URL of a file, and the role of the file.</summary>
    private static readonly (string Name, string Role)[] _pictures = [("poster_url", "poster"), ("last_frame_url", "last_frame")];

    // model_data begins with these keys, in this order.
    private static readonly string[] _firstKeys = ["prompt", "actual_prompt", "negative_prompt", "engine", "engine_version"];

    /// <summary>The value of <c>output</c>: an object, or null while there is none.</summary>
    public void WriteValue(Utf8JsonWriter writer, Run run)
    {
        if (run.Output is not { } output)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("outputs");
        foreach (var artifact in output.Artifacts.Where(a => a.Role == VideoRole))
            WriteArtifact(writer, run.OrgId, artifact);
        writer.WriteEndArray();
        writer.WriteNumber("seed", output.Seed);
        WriteModelData(writer, run, output);
        writer.WriteBoolean("nsfw_detected", output.NsfwDetected);
        WriteTiming(writer, output.Timing);
        writer.WriteEndObject();
    }

    private void WriteArtifact(Utf8JsonWriter writer, Guid orgId, OutputArtifact artifact)
    {
        writer.WriteStartObject();
        writer.WriteString("url", urls.ForArtifact(orgId, artifact.Key).AbsoluteUri);
        writer.WriteString("type", VideoRole);
        writer.WriteString("content_type", artifact.ContentType);
        writer.WriteNumber("width", artifact.Width);
        writer.WriteNumber("height", artifact.Height);
        writer.WriteNumber("duration", artifact.DurationSeconds);
        writer.WriteNumber("fps", artifact.FramesPerSecond);
        writer.WriteNumber("frame_count", artifact.FrameCount);
        writer.WriteNumber("size_bytes", artifact.SizeBytes);
        writer.WriteBoolean("has_audio", artifact.HasAudio);
        writer.WriteEndObject();
    }

    private void WriteModelData(Utf8JsonWriter writer, Run run, RunOutput output)
    {
        var data = RenamedModelData.WithNewKeys(run, output.ModelData);
        writer.WriteStartObject("model_data");
        foreach (var name in _firstKeys)
        {
            writer.WritePropertyName(name);
            if (data[name] is { } value)
                value.WriteTo(writer);
            else if (name == "engine")
                writer.WriteStringValue(run.EngineId);
            else
                writer.WriteNullValue();
        }

        foreach (var (name, role) in _pictures)
        {
            var picture = output.Artifacts.FirstOrDefault(a => a.Role == role);
            writer.WriteString(name, picture is null ? null : urls.ForArtifact(run.OrgId, picture.Key).AbsoluteUri);
        }

        foreach (var (name, value) in data)
        {
            if (_firstKeys.Contains(name) || _pictures.Any(picture => picture.Name == name))
                continue;

            writer.WritePropertyName(name);
            if (value is null)
                writer.WriteNullValue();
            else
                value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteTiming(Utf8JsonWriter writer, RunTiming timing)
    {
        writer.WriteStartObject("timing");
        writer.WriteNumber("queue_ms", timing.QueueMs);
        writer.WriteNumber("preprocess_ms", timing.PreprocessMs);
        writer.WriteNumber("expanding_ms", timing.ExpandingMs);
        writer.WriteNumber("checking_ms", timing.CheckingMs);
        writer.WriteNumber("inference_ms", timing.InferenceMs);
        writer.WriteNumber("encode_ms", timing.EncodeMs);
        writer.WriteNumber("upload_ms", timing.UploadMs);
        writer.WriteNumber("total_ms", timing.TotalMs);
        writer.WriteEndObject();
    }
}
