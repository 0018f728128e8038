namespace Kinema.Core.Callbacks;

/// <summary>A callback delivery: a row of the outbox.</summary>
public sealed record Delivery
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }
    public required Guid RunId { get; init; }
    public required string CallbackUrl { get; init; }
    public required ReadOnlyMemory<byte> Payload { get; init; }
    public required string RequestId { get; init; }

    /// <summary>True for the delivery created when the run ended; false for a requested redelivery.</summary>
    public required bool IsAutomatic { get; init; }

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>
    /// <c>unreachable</c>, <c>timeout</c>, <c>rejected</c> (3xx and 4xx), <c>server_error</c> of the receiver, <c>secret_unreadable</c> or <c>internal_error</c>
    /// of this server, or null.
    /// </summary>
    public string? FailureReasonCode { get; init; }

    public string? FailureDetail { get; init; }
    public Guid? SigningSecretId { get; init; }

    /// <inheritdoc cref="Runs.Run.TraceParent"/>
    public string? TraceParent { get; init; }

    public required int AttemptCount { get; init; }
    public required int MaxAttempts { get; init; }
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Since when this delivery waits because its organisation's callbacks are paused; null if it does not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public IReadOnlyList<DeliveryAttempt> Attempts { get; init; } = [];
}

/// <param name="HttpStatusCode">HTTP status code of the response, or null without one.</param>
/// <param name="ResponseBody">At most 1 KiB, and only from a public address.</param>
public sealed record DeliveryAttempt(
    Guid Id, int AttemptNumber, int? HttpStatusCode, string? ResponseBody, long ResponseTimeMs, string? ErrorMessage, DateTimeOffset CreatedAt);
