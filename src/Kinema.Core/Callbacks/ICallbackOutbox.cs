namespace Kinema.Core.Callbacks;

/// <summary>The stored callbacks: what is due, what was tried, what can be sent again.</summary>
public interface ICallbackOutbox
{
    /// <summary>Takes one due delivery for <paramref name="lease"/>; null when none is due. A dead dispatcher's row becomes due again when its lease ends.</summary>
    Task<Delivery?> ClaimDueAsync(Guid instanceId, TimeSpan lease, CancellationToken ct);

    /// <summary>Stores what an attempt met and what follows: delivered, given up, or due again.</summary>
    Task RecordAsync(Guid deliveryId, DeliveryReport report, CancellationToken ct);

    /// <summary>Newest first; null when the run does not exist.</summary>
    Task<IReadOnlyList<Delivery>?> ListAsync(Guid orgId, Guid runId, CancellationToken ct);

    Task<RedeliverResult> RedeliverAsync(Guid orgId, Guid runId, CancellationToken ct);

    /// <summary>Makes deliveries held by another instance due at once. Only for a caller that knows that instance dead.</summary>
    Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct);
}

/// <param name="StatusCode"><c>delivered</c>, <c>failed</c>, or <c>pending</c> with <paramref name="NextAttemptAt"/>.</param>
public sealed record DeliveryReport(
    DeliveryAttempt Attempt, string StatusCode, string? FailureReasonCode, string? FailureDetail, DateTimeOffset? NextAttemptAt, Guid? SigningSecretId);

public enum RedeliverOutcome
{
    Created,
    RunNotFound,
    RunNotTerminal,
    NoCallbackUrl,

    /// <summary>One is still on its way.</summary>
    InFlight,
}

public sealed record RedeliverResult(RedeliverOutcome Outcome, Delivery? Delivery);
