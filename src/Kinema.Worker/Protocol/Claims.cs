using System.Text.Json;
using Kinema.Engines;
using Kinema.Worker.Assignments;

namespace Kinema.Worker.Protocol;

/// <summary><c>POST /v1/worker/claims</c>: waits for a run of one of the engines.</summary>
/// <param name="Engines">Engines with room.</param>
/// <param name="WaitSeconds">0 to <see cref="WorkerProtocol.LongestPollSeconds"/>.</param>
/// <param name="Holding">Attempts that the worker has. One that the server counts as its own and that is not among them was claimed by a request whose answer was lost; it is given again.</param>
/// <param name="Loaded">Those of the engines whose weights are in memory: their runs come first, but a run of another one waits for at most 8 starts. Null if all are alike.</param>
internal sealed record ClaimWork(IReadOnlyList<string> Engines, int WaitSeconds, IReadOnlyList<AttemptKey> Holding, IReadOnlyList<string>? Loaded = null);

/// <summary>Run and fence of an attempt.</summary>
internal sealed record AttemptKey(Guid RunId, long Fence);

/// <param name="Work">Null if none came in time.</param>
/// <param name="Drain">Whether the worker gets no more runs and may end when it has none left.</param>
internal sealed record ClaimReply(OfferedWork? Work = null, bool Drain = false);

/// <summary>A claimed run, checked against its model's manifest.</summary>
/// <param name="RunId">Run.</param>
/// <param name="Fence">Number that every write of the attempt carries.</param>
/// <param name="AttemptNumber">1 for the first.</param>
/// <param name="EngineId">Engine that generates.</param>
/// <param name="QueuedMs">How long the run has waited, milliseconds.</param>
/// <param name="LeftMs">Time until the run fails whatever it is doing, milliseconds.</param>
/// <param name="Limits">Time limits of the phases.</param>
/// <param name="Request">What to generate; the inputs come by their own request.</param>
/// <param name="Checkpoint">What the engine stored in an earlier attempt.</param>
/// <param name="TraceParent">Where the attempt belongs in a distributed trace; null if nobody traces it.</param>
internal sealed record OfferedWork(
    Guid RunId, long Fence, int AttemptNumber, string EngineId, long QueuedMs, long LeftMs, AttemptLimits Limits, RequestedVideo Request, string? Checkpoint = null,
    string? TraceParent = null);

/// <summary>A <see cref="VideoRequest"/> without its media.</summary>
internal sealed record RequestedVideo
{
    public string? Prompt { get; init; }

    public string? NegativePrompt { get; init; }

    public required VideoResolution Resolution { get; init; }

    public required int DurationSeconds { get; init; }

    public required long Seed { get; init; }

    public bool EnablePromptExpansion { get; init; }

    public bool EnableSafetyChecker { get; init; }

    public required IReadOnlyList<MediaRole> Roles { get; init; }

    /// <summary>Settings of the engine by name, checked against the manifest; null for none.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Settings { get; init; }

    public static RequestedVideo From(VideoRequest request) => new()
    {
        Prompt = request.Prompt,
        NegativePrompt = request.NegativePrompt,
        Resolution = request.Resolution,
        DurationSeconds = request.DurationSeconds,
        Seed = request.Seed,
        EnablePromptExpansion = request.EnablePromptExpansion,
        EnableSafetyChecker = request.EnableSafetyChecker,
        Roles = request.Roles,
        Settings = request.Settings,
    };

    public VideoRequest ToRequest(Guid runId, IReadOnlyDictionary<MediaRole, MediaInput> media, string? checkpoint) => new()
    {
        Key = runId.ToString(),
        Prompt = Prompt,
        NegativePrompt = NegativePrompt,
        Resolution = Resolution,
        DurationSeconds = DurationSeconds,
        Seed = Seed,
        EnablePromptExpansion = EnablePromptExpansion,
        EnableSafetyChecker = EnableSafetyChecker,
        Roles = Roles,
        Settings = Settings ?? new Dictionary<string, JsonElement>(),
        Media = media,
        Checkpoint = checkpoint,
    };
}
