using Kinema.Core.Runs;
using Kinema.Core.Safety;
using Kinema.Core.Storage;
using Kinema.Core.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Assignments;

/// <summary>Runs of the store that this process has opened.</summary>
internal sealed partial class LocalWorkSource(
    EngineSet engines,
    IStore store,
    IWorkerLedger ledger,
    IWorkSignal workSignal,
    ISafetyChecker safety,
    LocalAssignments assignments,
    RunMetrics metrics,
    IOptions<WorkerOptions> options,
    IOptions<RunPolicy> policy,
    TimeProvider timeProvider,
    ILogger<LocalWorkSource> log) : IWorkSource
{
    public Guid WorkerId { get; } = Guid.CreateVersion7(timeProvider.GetUtcNow());

    public TimeSpan Lease => TimeSpan.FromSeconds(policy.Value.LeaseSeconds);

    public Task RegisterAsync(CancellationToken ct) =>
        ledger.RegisterAsync(new(WorkerId, store.InstanceId, options.Value.Name, options.Value.Concurrency, engines.Descriptors), ct);

    public async Task<Assignment?> ClaimAsync(IReadOnlyList<string> engineIds, CancellationToken stopping)
    {
        var seen = workSignal.Version(SignalTopic.Queue);
        if (await TryClaimAsync(engineIds, stopping) is { } claim)
        {
            metrics.Claimed(claim.Run.EngineId, timeProvider.GetUtcNow() - claim.Run.CreatedAt);
            return assignments.Create(claim);
        }

        await workSignal.WaitAsync(SignalTopic.Queue, seen, TimeSpan.FromMilliseconds(options.Value.PollMilliseconds), stopping);
        return null;
    }

    public Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct) => ledger.HeartbeatAsync(attempt, ct);

    public async Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct)
    {
        // Everybody may look at a preview while the video is still to be judged.
        if (append.Preview is { } preview && !await safety.AllowsPreviewAsync(new(attempt.RunId, "a preview"), preview.Content, preview.ContentType, ct))
            append = append with { Preview = null };
        if (!await ledger.AppendAsync(attempt, append, ct))
            return false;

        workSignal.Notify(SignalTopic.History);
        return true;
    }

    public async Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome)
    {
        var isWritten = await ledger.FinishAsync(attempt, outcome, CancellationToken.None);
        if (isWritten)
            metrics.Ended(outcome);
        workSignal.Notify(SignalTopic.History);
        workSignal.Notify(SignalTopic.Callbacks);
        workSignal.Notify(SignalTopic.Queue);
        return isWritten;
    }

    /// <summary>Attempts of a process that has ended are taken back by the next one.</summary>
    public Task LeaveAsync() => Task.CompletedTask;

    private async Task<ClaimedRun?> TryClaimAsync(IReadOnlyList<string> engineIds, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        try
        {
            // Not cancellable: a committed claim without a reader would block its run for a whole lease.
            return await ledger.ClaimAsync(new(WorkerId, store.InstanceId, engineIds), CancellationToken.None);
        }
        catch (Exception e)
        {
            LogClaimFailed(e);
            return null;
        }
    }

    [LoggerMessage(4101, LogLevel.Error, "Claiming a run from the ledger failed")]
    private partial void LogClaimFailed(Exception exception);
}
