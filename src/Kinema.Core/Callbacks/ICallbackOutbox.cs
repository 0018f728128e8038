namespace Kinema.Core.Callbacks;

/// <summary>Stores callbacks and their delivery attempts.</summary>
public interface ICallbackOutbox
{
    /// <summary>A run has one delivery and one more for each that was asked for; each holds a whole body.</summary>
    const int MaxListed = 500;

    /// <summary>
    /// Claims a due delivery; null if none is due. Organisations take turns: the one served longest ago comes first, with its delivery that has been due
    /// longest. If the dispatcher dies, the delivery becomes due again when the lease expires.
    /// </summary>
    /// <param name="instanceId">Id of the sending process.</param>
    /// <param name="lease">Duration of the claim.</param>
    /// <param name="busy">Receivers at their limit: their deliveries are skipped, so that a slow receiver does not block others.</param>
    /// <param name="ct">Stops the call.</param>
    Task<Delivery?> ClaimDueAsync(Guid instanceId, TimeSpan lease, BusyReceivers busy, CancellationToken ct);

    /// <summary>Stores an attempt and the new state of the delivery.</summary>
    Task RecordAsync(Guid deliveryId, DeliveryReport report, CancellationToken ct);

    /// <summary>The newest <see cref="MaxListed"/> of a run, newest first; null when the run does not exist.</summary>
    Task<IReadOnlyList<Delivery>?> ListAsync(Guid orgId, Guid runId, CancellationToken ct);

    Task<RedeliverResult> RedeliverAsync(Guid orgId, Guid runId, CancellationToken ct);

    /// <summary>Makes deliveries of other instances due at once. Only for a caller that knows these instances are dead.</summary>
    Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct);
}

/// <param name="Status"><c>delivered</c>, <c>failed</c>, or <c>pending</c> with <paramref name="NextAttemptAt"/>.</param>
public sealed record DeliveryReport(
    DeliveryAttempt Attempt, string Status, string? FailureReasonCode, string? FailureDetail, DateTimeOffset? NextAttemptAt, Guid? SigningSecretId);

public enum RedeliverOutcome
{
    Created,
    RunNotFound,
    RunNotTerminal,
    NoCallbackUrl,

    /// <summary>A delivery is still in flight.</summary>
    InFlight,
}

public sealed record RedeliverResult(RedeliverOutcome Outcome, Delivery? Delivery);
