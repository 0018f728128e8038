using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>The record of a run.</summary>
public sealed record Run
{
    /// <summary>Run id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the organisation that owns the run.</summary>
    public Guid? OrgId { get; init; }

    /// <summary>Model id. The record does not contain the model path.</summary>
    public Guid? ModelId { get; init; }

    /// <summary>Run state: <c>queued, dispatching, running, succeeded, failed</c> or <c>canceled</c>.</summary>
    [JsonPropertyName("status_code")]
    public required string Status { get; init; }

    /// <summary>Source of the run: <c>api</c>, <c>cli</c>, ...</summary>
    public string? SourceCode { get; init; }

    /// <summary>Stored input.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>Output; null until the run succeeds.</summary>
    public RunOutput? Output { get; init; }

    /// <summary>Time from creation to completion, milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Cost in US dollars, as a decimal string, for example <c>0.50</c>.</summary>
    public string? Cost { get; init; }

    /// <summary>The caller's own reference for the run.</summary>
    public string? ClientRef { get; init; }

    /// <summary>URL that receives the callback.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Metadata given at creation.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Id of the request that created the run.</summary>
    public string? RequestId { get; init; }

    /// <summary>Time of the run's creation.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Time of the engine's start.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Time of the run's end.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Machine-readable failure code.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Human-readable failure message.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>Stage that failed.</summary>
    public string? FailureStageCode { get; init; }

    /// <summary>Whether the run has ended; its outcome is final.</summary>
    public bool IsTerminal => RunStatus.IsTerminal(Status);
}

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

    /// <summary>Duration of each phase, milliseconds.</summary>
    public RunTiming? Timing { get; init; }
}

/// <summary>An output file.</summary>
public sealed record OutputFile
{
    /// <summary>Signed URL; needs no API key and expires.</summary>
    public required string Url { get; init; }

    /// <summary>Kind of file: <c>video</c>, <c>image</c> or <c>audio</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Content type, for example <c>video/mp4</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Width, pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Height, pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Duration, seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Frames per second.</summary>
    public double? Fps { get; init; }

    /// <summary>Number of frames.</summary>
    public int? FrameCount { get; init; }

    /// <summary>Size, bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Whether the video has an audio track.</summary>
    public bool? HasAudio { get; init; }
}

/// <summary>Duration of each phase, milliseconds.</summary>
public sealed record RunTiming
{
    /// <summary>Time in the queue.</summary>
    public long? QueueMs { get; init; }

    /// <summary>Fetching and inspecting the inputs.</summary>
    public long? PreprocessMs { get; init; }

    /// <summary>Engine time.</summary>
    public long? InferenceMs { get; init; }

    /// <summary>Encoding time that did not overlap with the engine.</summary>
    public long? EncodeMs { get; init; }

    /// <summary>Storing the files.</summary>
    public long? UploadMs { get; init; }

    /// <summary>Total time.</summary>
    public long? TotalMs { get; init; }
}

/// <summary>Run states.</summary>
public static class RunStatus
{
    /// <summary>The run ended with an output.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>The run ended without an output.</summary>
    public const string Failed = "failed";

    /// <summary>The caller cancelled the run.</summary>
    public const string Canceled = "canceled";

    /// <summary>Returns whether the state is final.</summary>
    public static bool IsTerminal(string? status) => status is Succeeded or Failed or Canceled or "partial_succeeded";
}
