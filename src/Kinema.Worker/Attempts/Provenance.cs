using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>Metadata of a video file: a comment for people and separate fields for programs.</summary>
internal static class Provenance
{
    public static IReadOnlyDictionary<string, string> Of(Guid runId, EngineDescriptor engine) => new Dictionary<string, string>
    {
        ["title"] = $"Kinema run {runId}",
        ["comment"] = $"machine-generated; run {runId}; engine {engine.Id} {engine.Version}",
        ["run_id"] = runId.ToString(),
        ["engine"] = engine.Id,
        ["engine_version"] = engine.Version,
    };
}
