using Kinema.Core.Pricing;
using Kinema.Core.Prompts;

namespace Kinema.Core.Runs;

/// <summary>A run as stored. Input, metadata and output are JSON text.</summary>
public sealed record Run
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }
    public required Guid ModelId { get; init; }

    /// <summary>The model's path, for example <c>alibaba/wan/v2.7/image-to-video</c>.</summary>
    public required string ModelSlug { get; init; }

    /// <summary>Version of the manifest the run was admitted under.</summary>
    public required int ManifestVersion { get; init; }

    /// <summary>The engine chosen at create; it never changes.</summary>
    public required string EngineId { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary><c>api</c>, <c>cli</c>, <c>playground</c>, ...</summary>
    public required string SourceCode { get; init; }

    /// <summary>The caller's input, inline data replaced by asset references.</summary>
    public required string InputJson { get; init; }

    /// <summary>Input with all defaults and the seed, as the engine gets it.</summary>
    public required string EffectiveInputJson { get; init; }

    /// <summary>The caller's metadata exactly as received, or null.</summary>
    public string? MetadataJson { get; init; }

    public string? ClientRef { get; init; }
    public string? CallbackUrl { get; init; }

    /// <summary>Request id of the create call; also sent with the callback.</summary>
    public required string RequestId { get; init; }

    /// <summary>The key that created the run.</summary>
    public Guid? CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The moment after which the run is failed with <c>TIMED_OUT</c> whatever it is doing.</summary>
    public required DateTimeOffset DeadlineAt { get; init; }

    /// <summary>Price of the requested duration, held until the run ends.</summary>
    public required Money Held { get; init; }

    /// <summary>Charged amount; null until the run has ended.</summary>
    public Money? Cost { get; init; }

    public RunOutput? Output { get; init; }
    public RunFailure? Failure { get; init; }

    public DateTimeOffset? CancelRequestedAt { get; init; }
    public string? CancelReason { get; init; }

    /// <summary>Claims so far that count against the limit.</summary>
    public int AttemptCount { get; init; }

    /// <summary>The run that this one was made again from.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>How much work it is, as text to compare: runs of one model, engine and size take alike. Null for runs that earlier versions stored.</summary>
    public string? WorkSize { get; init; }

    /// <summary>What became of the prompt before the engine began; null until then, and where no expansion was wanted.</summary>
    public PromptExpansion? Expansion { get; init; }

    /// <summary>Where the run belongs in a distributed trace: a W3C <c>traceparent</c>; null if nobody traces it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The caller's verdict on the result.</summary>
    public bool? FeedbackIsPositive { get; init; }

    /// <inheritdoc cref="FeedbackIsPositive"/>
    public string? FeedbackReason { get; init; }

    /// <summary>Created to completed, milliseconds; null until terminal.</summary>
    public long? DurationMs => CompletedAt is { } completed ? (long)(completed - CreatedAt).TotalMilliseconds : null;
}

/// <summary>Failure of a run, in the three fields of the record.</summary>
/// <param name="Code">For example <c>INPUT_MEDIA_UNREACHABLE</c>, <c>TIMED_OUT</c>, <c>WORKER_LOST</c>; see <see cref="FailureCodes"/>.</param>
/// <param name="Message">One sentence for the caller.</param>
/// <param name="Stage"><c>admission, dispatch, preprocess, inference, postprocess, upload</c>.</param>
public sealed record RunFailure(string Code, string Message, string Stage);
