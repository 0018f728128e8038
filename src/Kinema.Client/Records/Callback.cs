using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>The body of a callback.</summary>
public sealed record RunCallback
{
    /// <summary><c>run.completed, run.failed</c> or <c>run.cancelled</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Run id. Receivers can use it to ignore repeated deliveries.</summary>
    public required string RunId { get; init; }

    /// <summary><c>succeeded, failed</c> or <c>cancelled</c> (spelled with two l here, with one in the run record).</summary>
    public required string Status { get; init; }

    /// <summary>Output; null if the run failed or was cancelled.</summary>
    public RunOutput? Output { get; init; }

    /// <summary>Time from creation to completion, milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Time of the run's creation.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Time of the run's end.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Metadata given at creation.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Parses a callback body. Verify the signature first.</summary>
    /// <exception cref="JsonException">The body is not a callback.</exception>
    public static RunCallback Parse(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize(body, Wire.Default.RunCallback) ?? throw new JsonException("The body is null.");
}

/// <summary>A callback delivery and its state.</summary>
public sealed record CallbackDelivery
{
    /// <summary>Delivery id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Run id.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Callback URL.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>False for a requested redelivery.</summary>
    public bool? IsAutomatic { get; init; }

    /// <summary>Delivery state: <c>pending, delivered</c> or <c>failed</c>.</summary>
    [JsonPropertyName("status_code")]
    public string? Status { get; init; }

    /// <summary>Machine-readable failure reason.</summary>
    public string? FailureReasonCode { get; init; }

    /// <summary>Human-readable failure reason.</summary>
    public string? FailureDetail { get; init; }

    /// <summary>Number of attempts so far.</summary>
    public int? AttemptCount { get; init; }

    /// <summary>Maximum number of attempts.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>The attempts.</summary>
    public IReadOnlyList<CallbackAttempt> Attempts { get; init; } = [];
}

/// <summary>One attempt to deliver a callback.</summary>
public sealed record CallbackAttempt
{
    /// <summary>Number of the attempt: 1, 2 or 3.</summary>
    public int? AttemptNumber { get; init; }

    /// <summary>HTTP status code of the receiver's response; null if there was none.</summary>
    [JsonPropertyName("status_code")]
    public int? HttpStatusCode { get; init; }

    /// <summary>Response time, milliseconds.</summary>
    public long? ResponseTimeMs { get; init; }

    /// <summary>Error message, if the attempt failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Time of the attempt.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
