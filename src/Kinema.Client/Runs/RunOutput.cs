using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>Output of a run.</summary>
public sealed record RunOutput
{
    /// <summary>Output files.</summary>
    public IReadOnlyList<OutputFile> Outputs { get; init; } = [];

    /// <summary>Random seed that the run used, also if the caller gave none.</summary>
    public long? Seed { get; init; }

    /// <summary>Engine, version, poster and engine-specific settings.</summary>
    public JsonElement? ModelData { get; init; }

    /// <summary>Result of the content check; null if there was none.</summary>
    public bool? NsfwDetected { get; init; }

    /// <summary>Duration of each phase.</summary>
    public RunTiming? Timing { get; init; }

    /// <summary>Signed URL of the last frame, a PNG: give it as <see cref="ImageToVideoInput.ImageUrl"/> of the next run to chain clips.</summary>
    [JsonIgnore]
    public string? LastFrameUrl => ModelText("last_frame_url");

    /// <summary>Signed URL of a JPEG that shows the video.</summary>
    [JsonIgnore]
    public string? PosterUrl => ModelText("poster_url");

    private string? ModelText(string name) =>
        ModelData is { ValueKind: JsonValueKind.Object } data && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Outputs = {Outputs.Count}, Seed = {Seed}");
        return true;
    }
}
