using Kinema.Engines;

namespace Kinema.Worker.Attempts;

/// <summary>What a video file says about itself: a line for people, and the same apart for programs.</summary>
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
