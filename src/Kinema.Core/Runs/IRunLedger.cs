using Kinema.Core.Pricing;

namespace Kinema.Core.Runs;

/// <summary>The run store for callers. Every query filters by organisation: runs of other organisations do not exist.</summary>
public interface IRunLedger
{
    /// <summary>Stores run, hold entry, assets, first events and the answer to keep in one transaction, unless the queue is full.</summary>
    /// <exception cref="Idempotency.IdempotencyKeyTakenException">The answer's key is taken; nothing was stored.</exception>
    Task<AdmitOutcome> AdmitAsync(NewRun run, AdmissionLimits limits, CancellationToken ct);

    Task<Run?> FindAsync(Guid orgId, Guid runId, CancellationToken ct);

    Task<RunPage> ListAsync(Guid orgId, RunListQuery query, CancellationToken ct);

    /// <summary>Returns the events after a sequence number, oldest first; null if the run does not exist.</summary>
    Task<IReadOnlyList<RunEvent>?> ReadEventsAsync(Guid orgId, Guid runId, long afterSequence, int limit, CancellationToken ct);

    /// <summary>
    /// Cancels a run: a queued run becomes canceled at once, with its release entry and outbox row; a claimed one is marked, and its worker sees
    /// the request at the next heartbeat.
    /// </summary>
    /// <param name="orgId">The owner, or null for a platform administrator.</param>
    Task<CancelResult> CancelAsync(Guid? orgId, Guid runId, string? reason, CancellationToken ct);

    /// <summary>Returns the run's ledger entries, oldest first.</summary>
    Task<IReadOnlyList<LedgerLine>> ReadLedgerAsync(Guid orgId, Guid runId, CancellationToken ct);

    Task<QueueDepth> ReadQueueDepthAsync(CancellationToken ct);
}

/// <summary>An entry of the append-only money ledger. Kind is <c>hold</c>, <c>release</c>, <c>charge</c> or <c>provider_cost</c>.</summary>
public sealed record LedgerLine(Guid RunId, string Kind, Money Amount, DateTimeOffset At);

public sealed record QueueDepth(int Queued, int Active);

/// <param name="Changed">Whether this call canceled the run or asked its worker to stop.</param>
/// <param name="Run">The run after the call; null if it does not exist.</param>
public sealed record CancelResult(bool Changed, Run? Run);
