using System.Text.Json;

namespace Kinema.Client;

/// <summary>The record of a run.</summary>
public sealed record Run
{
    /// <summary>The run.</summary>
    public required Guid Id { get; init; }

    /// <summary>The organisation that owns it.</summary>
    public Guid? OrgId { get; init; }

    /// <summary>The model's id; its path is not part of the record.</summary>
    public Guid? ModelId { get; init; }

    /// <summary><c>queued, dispatching, running, succeeded, failed</c> or <c>canceled</c>.</summary>
    public required string StatusCode { get; init; }

    /// <summary>Where it was asked for: <c>api</c>, <c>cli</c>, ...</summary>
    public string? SourceCode { get; init; }

    /// <summary>The input as stored.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>Null until the run has succeeded.</summary>
    public RunOutput? Output { get; init; }

    /// <summary>Created to completed.</summary>
    public long? DurationMs { get; init; }

    /// <summary>US dollars as a decimal text, for example <c>0.50</c>.</summary>
    public string? Cost { get; init; }

    /// <summary>The caller's own name for the run.</summary>
    public string? ClientRef { get; init; }

    /// <summary>Who is told at the end.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>As it came.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Of the call that created the run.</summary>
    public string? RequestId { get; init; }

    /// <summary>When it was stored.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When its engine started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Why it failed, for a program.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Why it failed, for people.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>Where it failed.</summary>
    public string? FailureStageCode { get; init; }

    /// <summary>Nothing about how it ended changes any more.</summary>
    public bool IsTerminal => RunStatus.IsTerminal(StatusCode);
}

/// <summary>What a run made.</summary>
public sealed record RunOutput
{
    /// <summary>One entry for each file.</summary>
    public IReadOnlyList<OutputFile> Outputs { get; init; } = [];

    /// <summary>The seed that was used, also where none was given.</summary>
    public long? Seed { get; init; }

    /// <summary>Engine, version, poster and whatever else the engine says about itself.</summary>
    public JsonElement? ModelData { get; init; }

    /// <summary>Null where nothing was checked.</summary>
    public bool? NsfwDetected { get; init; }

    /// <summary>Milliseconds by phase.</summary>
    public RunTiming? Timing { get; init; }
}

/// <summary>One file of an output.</summary>
public sealed record OutputFile
{
    /// <summary>Signed; needs no key and expires.</summary>
    public required string Url { get; init; }

    /// <summary><c>video</c>, <c>image</c> or <c>audio</c>.</summary>
    public string? Type { get; init; }

    /// <summary>For example <c>video/mp4</c>.</summary>
    public string? ContentType { get; init; }

    /// <summary>Pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Frames a second.</summary>
    public double? Fps { get; init; }

    /// <summary>Frames in all.</summary>
    public int? FrameCount { get; init; }

    /// <summary>Bytes.</summary>
    public long? SizeBytes { get; init; }

    /// <summary>Whether there is sound.</summary>
    public bool? HasAudio { get; init; }
}

/// <summary>Milliseconds by phase.</summary>
public sealed record RunTiming
{
    /// <summary>Waited for a worker.</summary>
    public long? QueueMs { get; init; }

    /// <summary>Fetched and checked the inputs.</summary>
    public long? PreprocessMs { get; init; }

    /// <summary>The engine's own time.</summary>
    public long? InferenceMs { get; init; }

    /// <summary>Encoding that was not hidden behind the engine.</summary>
    public long? EncodeMs { get; init; }

    /// <summary>Stored the files.</summary>
    public long? UploadMs { get; init; }

    /// <summary>All of it.</summary>
    public long? TotalMs { get; init; }
}

/// <summary>The states of a run.</summary>
public static class RunStatus
{
    /// <summary>It ended with an output.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It ended without one.</summary>
    public const string Failed = "failed";

    /// <summary>Its owner ended it.</summary>
    public const string Canceled = "canceled";

    /// <summary>Nothing about it changes any more.</summary>
    public static bool IsTerminal(string? statusCode) => statusCode is Succeeded or Failed or Canceled or "partial_succeeded";
}
