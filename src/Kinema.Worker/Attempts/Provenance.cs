using System.Text;
using System.Text.Json.Nodes;
using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>Metadata of a video file: a comment for people and separate fields for programs.</summary>
internal static class Provenance
{
    /// <summary>The system takes 128 KiB in one argument of the encoder.</summary>
    private const int MostBytes = 64 << 10;

    /// <param name="runId">The run.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="modelData">What the engine says of its settings: with it the video can be made again. More than 64 KiB of it stays in the run's record only.</param>
    public static IReadOnlyDictionary<string, string> Of(Guid runId, EngineDescriptor engine, JsonObject modelData)
    {
        var metadata = new Dictionary<string, string>
        {
            ["title"] = $"Kinema run {runId}",
            ["comment"] = $"machine-generated; run {runId}; engine {engine.Id} {engine.Version}",
            ["run_id"] = runId.ToString(),
            ["engine"] = engine.Id,
            ["engine_version"] = engine.Version,
        };
        if (modelData.Count > 0 && modelData.ToJsonString() is var text && Encoding.UTF8.GetByteCount(text) <= MostBytes)
            metadata["model_data"] = text;
        return metadata;
    }
}
