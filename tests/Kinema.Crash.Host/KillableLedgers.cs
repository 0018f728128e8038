using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Crash.Host;

internal sealed class KillableRunLedger(IRunLedger inner, KillSwitch killSwitch) : IRunLedger
{
    public async Task<AdmitOutcome> AdmitAsync(NewRun run, AdmissionLimits limits, CancellationToken ct)
    {
        var outcome = await inner.AdmitAsync(run, limits, ct);
        killSwitch.Reached(KillPoints.AfterInsert);
        return outcome;
    }

    public Task<Run?> FindAsync(Guid orgId, Guid runId, CancellationToken ct) => inner.FindAsync(orgId, runId, ct);

    public Task<RunPage> ListAsync(Guid orgId, RunListQuery query, CancellationToken ct) => inner.ListAsync(orgId, query, ct);

    public Task<IReadOnlyList<RunEvent>?> ReadEventsAsync(Guid orgId, Guid runId, long afterSequence, int limit, CancellationToken ct) =>
        inner.ReadEventsAsync(orgId, runId, afterSequence, limit, ct);

    public Task<CancelResult> CancelAsync(Guid? orgId, Guid runId, string? reason, CancellationToken ct) => inner.CancelAsync(orgId, runId, reason, ct);

    public Task<IReadOnlyList<LedgerLine>> ReadLedgerAsync(Guid orgId, Guid runId, CancellationToken ct) => inner.ReadLedgerAsync(orgId, runId, ct);

    public Task<QueueDepth> ReadQueueDepthAsync(CancellationToken ct) => inner.ReadQueueDepthAsync(ct);
}

internal sealed class KillableWorkerLedger(IWorkerLedger inner, KillSwitch killSwitch) : IWorkerLedger
{
    public Task<bool> RegisterAsync(WorkerRegistration worker, CancellationToken ct) => inner.RegisterAsync(worker, ct);

    public async Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken ct)
    {
        var claimed = await inner.ClaimAsync(claim, ct);
        if (claimed is not null)
            killSwitch.Reached(KillPoints.AfterClaim);
        return claimed;
    }

    public Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct) => inner.HeartbeatAsync(attempt, ct);

    public Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct) => inner.AppendAsync(attempt, append, ct);

    public async Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome, CancellationToken ct)
    {
        var finished = await inner.FinishAsync(attempt, outcome, ct);
        killSwitch.Reached(KillPoints.AfterCommit);
        return finished;
    }
}

/// <summary>The body is composed inside the transaction that ends the run: a kill here is a kill before its commit.</summary>
internal sealed class KillableComposer(ICallbackComposer inner, KillSwitch killSwitch) : ICallbackComposer
{
    public byte[] Compose(Run run)
    {
        var body = inner.Compose(run);
        killSwitch.Reached(KillPoints.BeforeCommit);
        return body;
    }
}
