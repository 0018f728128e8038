using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>The record of a run.</summary>
public sealed record Run
{
    /// <summary>Run id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Id of the organization that owns the run.</summary>
    public Guid? OrgId { get; init; }

    /// <summary>Model id.</summary>
    public Guid? ModelId { get; init; }

    /// <summary>Model path.</summary>
    public string? Model { get; init; }

    /// <summary>State, one of <see cref="RunStatus"/>.</summary>
    [JsonPropertyName("status_code")]
    public required string Status { get; init; }

    /// <summary>Source of the run: <c>api</c>, <c>cli</c>, ...</summary>
    [JsonPropertyName("source_code")]
    public string? Source { get; init; }

    /// <summary>Engine that the run is pinned to.</summary>
    public string? Engine { get; init; }

    /// <summary>Stored input.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>Output; null until the run succeeds.</summary>
    public RunOutput? Output { get; init; }

    /// <summary>Time from creation to completion, milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Cost, US dollars; null until the run ends.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public decimal? Cost { get; init; }

    /// <summary>The caller's own reference for the run.</summary>
    public string? ClientRef { get; init; }

    /// <summary>URL that receives the callback.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Metadata given at creation.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Id of the request that created the run, as the <c>Runflow-Request-Id</c> header gave it: an opaque text.</summary>
    public string? RequestId { get; init; }

    /// <summary>Id of the key that created the run.</summary>
    public Guid? CreatedBy { get; init; }

    /// <summary>Time of the run's creation.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Time of the engine's start.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Time of the run's end.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Number of attempts so far.</summary>
    public int? Attempts { get; init; }

    /// <summary>Place in the queue, 1 for the next; null in lists, at creation, beyond 1000, and once the run has left the queue.</summary>
    public int? QueuePosition { get; init; }

    /// <summary>Estimated end, from measured runs of the same kind; null in lists, at creation, and while too few were measured.</summary>
    public DateTimeOffset? EstimatedCompletionAt { get; init; }

    /// <summary>Time at which the run fails if it has not ended.</summary>
    public DateTimeOffset? DeadlineAt { get; init; }

    /// <summary>Time of the request to cancel.</summary>
    public DateTimeOffset? CancelRequestedAt { get; init; }

    /// <summary>Reason of the request to cancel.</summary>
    public string? CancelReason { get; init; }

    /// <summary>The run that this one retries.</summary>
    public Guid? RetryOf { get; init; }

    /// <summary>Machine-readable failure code, for example <c>INPUT_MEDIA_UNREACHABLE</c>.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Human-readable failure message.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>Stage that failed.</summary>
    [JsonPropertyName("failure_stage_code")]
    public string? FailureStage { get; init; }

    /// <summary>The caller's verdict.</summary>
    public bool? FeedbackIsPositive { get; init; }

    /// <summary>Reason of the caller's verdict.</summary>
    public string? FeedbackReason { get; init; }

    /// <summary>Members of the request that were ignored; only in the answer to a create.</summary>
    public IReadOnlyList<ValidationError>? Warnings { get; init; }

    /// <summary>Whether the run has ended; its outcome is final.</summary>
    public bool IsTerminal => RunStatus.IsTerminal(Status);

    /// <summary>Returns the run if it succeeded.</summary>
    /// <exception cref="RunFailedException">The run ended otherwise.</exception>
    /// <exception cref="InvalidOperationException">The run has not ended.</exception>
    public Run EnsureSucceeded() => Status switch
    {
        RunStatus.Succeeded => this,
        _ when IsTerminal => throw new RunFailedException(this),
        _ => throw new InvalidOperationException($"Run {Id} has not ended: it is {Status}. Wait for it with WaitAsync."),
    };

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Id = {Id}, Model = {Model}, Status = {Status}, Cost = {Cost}, FailureCode = {FailureCode}");
        return true;
    }
}
