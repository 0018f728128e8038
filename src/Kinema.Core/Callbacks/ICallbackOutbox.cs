namespace Kinema.Core.Callbacks;

/// <summary>The stored callbacks: what is due, what was tried, what can be sent again.</summary>
public interface ICallbackOutbox
{
    /// <summary>
    /// Takes the longest due delivery for <paramref name="lease"/>; null when none is due. A dead dispatcher's row becomes due again when its lease ends.
    /// </summary>
    /// <param name="instanceId">The process that sends.</param>
    /// <param name="lease">How long it may take.</param>
    /// <param name="busyEndpoints">Endpoints (see <see cref="CallbackEndpoint"/>) that have enough in flight: their rows stay, so that a slow receiver holds up nobody else.</param>
    /// <param name="ct">Stops the call.</param>
    Task<Delivery?> ClaimDueAsync(Guid instanceId, TimeSpan lease, IReadOnlyCollection<string> busyEndpoints, CancellationToken ct);

    /// <summary>Stores what an attempt met and what follows: delivered, given up, or due again.</summary>
    Task RecordAsync(Guid deliveryId, DeliveryReport report, CancellationToken ct);

    /// <summary>Newest first; null when the run does not exist.</summary>
    Task<IReadOnlyList<Delivery>?> ListAsync(Guid orgId, Guid runId, CancellationToken ct);

    Task<RedeliverResult> RedeliverAsync(Guid orgId, Guid runId, CancellationToken ct);

    /// <summary>Makes deliveries held by another instance due at once. Only for a caller that knows that instance dead.</summary>
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

    /// <summary>One is still on its way.</summary>
    InFlight,
}

public sealed record RedeliverResult(RedeliverOutcome Outcome, Delivery? Delivery);
