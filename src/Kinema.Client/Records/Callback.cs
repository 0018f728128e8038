using System.Text.Json;

namespace Kinema.Client;

/// <summary>The body of a callback.</summary>
public sealed record RunCallback
{
    /// <summary><c>run.completed, run.failed</c> or <c>run.cancelled</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The run; a receiver that saw it before has nothing to do.</summary>
    public required string RunId { get; init; }

    /// <summary><c>succeeded, failed</c> or <c>cancelled</c> (spelt with two l here, with one in the record).</summary>
    public required string Status { get; init; }

    /// <summary>Null where the run failed or was cancelled.</summary>
    public RunOutput? Output { get; init; }

    /// <summary>Created to completed.</summary>
    public long? DurationMs { get; init; }

    /// <summary>When the run was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>As it came at creation.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Reads a body whose signature has been verified.</summary>
    /// <exception cref="JsonException">It is no callback.</exception>
    public static RunCallback Parse(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Wire.Default.RunCallback) ?? throw new JsonException("The body is null.");
}

/// <summary>One bringing of a callback, and how it went.</summary>
public sealed record CallbackDelivery
{
    /// <summary>The delivery.</summary>
    public required Guid Id { get; init; }

    /// <summary>The run it tells of.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Where it goes.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>False for one that was asked for again.</summary>
    public bool? IsAutomatic { get; init; }

    /// <summary><c>pending, delivered</c> or <c>failed</c>.</summary>
    public string? StatusCode { get; init; }

    /// <summary>Why it failed, for a program.</summary>
    public string? FailureReasonCode { get; init; }

    /// <summary>Why it failed, for people.</summary>
    public string? FailureDetail { get; init; }

    /// <summary>Tries so far.</summary>
    public int? AttemptCount { get; init; }

    /// <summary>Tries at most.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Each try.</summary>
    public IReadOnlyList<CallbackAttempt> Attempts { get; init; } = [];
}

/// <summary>One try to bring a callback.</summary>
public sealed record CallbackAttempt
{
    /// <summary>1, 2, 3.</summary>
    public int? AttemptNumber { get; init; }

    /// <summary>The receiver's HTTP status; null where it did not answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>How long it took.</summary>
    public long? ResponseTimeMs { get; init; }

    /// <summary>What went wrong.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
