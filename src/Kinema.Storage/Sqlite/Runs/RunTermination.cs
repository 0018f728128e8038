using System.Text.Json;
using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite.Callbacks;
using Microsoft.Extensions.Options;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>
/// Ends claims and runs, for every reason, so that ledger entries, event and outbox row are always stored together.
/// Every method runs inside the caller's write transaction, on a row read in it.
/// </summary>
internal sealed class RunTermination(ICallbackComposer composer, IOptions<RunPolicy> policy, StoreClock clock)
{
    /// <summary>Ends a run as succeeded and charges the delivered seconds, never more than was held.</summary>
    public RunRow Succeed(IStoreConnection connection, RunRow run, RunOutput output, Money cost)
    {
        var charged = Math.Clamp(cost.Micros, 0, run.Held);
        var ended = End(connection, run, new(RunStatus.Succeeded, AttemptOutcomeCodes.Succeeded) { Output = output, Charged = charged });
        foreach (var artifact in output.Artifacts)
        {
            connection.Execute(Sql.AddArtifact, new
            {
                key = artifact.Key,
                runId = run.Id,
                orgId = run.OrgId,
                role = artifact.Role,
                contentType = artifact.ContentType,
                sizeBytes = artifact.SizeBytes,
                digest = artifact.Digest,
                now = ended.CompletedAt,
            });
        }

        if (run.WorkSize is not null)
            AddRunTime(connection, run, output.Timing);
        return ended;
    }

    /// <summary>Ends a run as failed.</summary>
    public RunRow Fail(IStoreConnection connection, RunRow run, RunFailure failure, string attemptOutcome = AttemptOutcomeCodes.Failed) =>
        End(connection, run, new(RunStatus.Failed, attemptOutcome) { Failure = failure });

    /// <summary>Ends a run as canceled.</summary>
    public RunRow Cancel(IStoreConnection connection, RunRow run, string attemptOutcome = AttemptOutcomeCodes.Canceled) =>
        End(connection, run, new(RunStatus.Canceled, attemptOutcome));

    /// <summary>
    /// Ends a claim without a result: the run is queued again, or canceled if requested, or failed if its attempts
    /// are used up. A claim that was handed back does not count.
    /// </summary>
    public void Release(IStoreConnection connection, RunRow run, string attemptOutcome, RunFailure? failure, TimeSpan delay)
    {
        if (run.CancelRequestedAt is not null)
        {
            Cancel(connection, run, attemptOutcome);
            return;
        }

        var counts = attemptOutcome != AttemptOutcomeCodes.HandedBack;
        if (counts && run.AttemptCount >= policy.Value.MaxAttempts)
        {
            Fail(connection, run, failure!, attemptOutcome);
            return;
        }

        var now = clock.Wall;
        EndAttempt(connection, run, new(RunStatus.Queued, attemptOutcome) { Failure = failure }, now);
        var lastSequence = connection.ExecuteScalar<long>(
            Sql.RequeueRun, new { runId = run.Id, fence = run.Fence, availableAt = clock.Steady + delay.ToMicros(), uncounted = counts ? 0 : 1 });
        RunEventWriter.Add(connection, run.Id, lastSequence, [RunEvents.Status(RunStatus.Queued)], now);
    }

    private RunRow End(IStoreConnection connection, RunRow run, Ending termination)
    {
        var now = clock.Wall;
        if (run.IsClaimed)
            EndAttempt(connection, run, termination, now);

        var ended = connection.QuerySingle<RunRow>(Sql.EndRun, new
        {
            runId = run.Id,
            fence = run.Fence,
            fenceStep = termination.ByTheAttemptItself ? 0 : 1,
            status = termination.Status.ToCode(),
            cost = termination.Charged ?? 0,
            outputJson = termination.Output is null ? null : JsonSerializer.Serialize(termination.Output, StorageJson.Default.RunOutput),
            failureCode = termination.Failure?.Code,
            failureMessage = termination.Failure?.Message,
            failureStage = termination.Failure?.Stage,
            now,
        });
        connection.Execute(Sql.DeletePreview, new { runId = run.Id });
        AddLedgerLine(connection, ended, "release", -ended.Held, now);
        if (termination.Charged is { } charged)
            AddLedgerLine(connection, ended, "charge", charged, now);
        RunEventWriter.Add(connection, run.Id, ended.LastSequence, [RunEvents.Status(termination.Status, termination.Failure)], now);
        if (ended.CallbackUrl is not null)
        {
            var terminal = ended.ToRun();
            OutboxRow.Add(connection, terminal, composer.Compose(terminal), isAutomatic: true, Guid.CreateVersion7(now.FromMicros()), clock);
        }

        return ended;
    }

    private static void EndAttempt(IStoreConnection connection, RunRow run, Ending termination, long now) =>
        connection.Execute(Sql.EndAttempt, new
        {
            runId = run.Id,
            fence = run.Fence,
            outcome = termination.AttemptEnd,
            cost = termination.Charged,
            failureCode = termination.Failure?.Code,
            failureMessage = termination.Failure?.Message,
            failureStage = termination.Failure?.Stage,
            now,
        });

    private static void AddRunTime(IStoreConnection connection, RunRow run, RunTiming timing) => connection.Execute(Sql.AddRunTime, new
    {
        engineId = run.EngineId,
        modelSlug = run.ModelSlug,
        workSize = run.WorkSize,
        milliseconds = Math.Max(0, timing.TotalMs - timing.QueueMs),
        kept = RunForecast.MaxSamples,
    });

    private static void AddLedgerLine(IStoreConnection connection, RunRow run, string kind, long amount, long now) =>
        connection.Execute(Sql.AddLedgerLine, new { runId = run.Id, orgId = run.OrgId, kind, amount, now });

    private sealed record Ending(RunStatus Status, string AttemptEnd)
    {
        public RunOutput? Output { get; init; }
        public long? Charged { get; init; }
        public RunFailure? Failure { get; init; }

        /// <summary>Otherwise the fence increases too, so that the attempt's writes are rejected.</summary>
        public bool ByTheAttemptItself => AttemptEnd is not (AttemptOutcomeCodes.Lost or AttemptOutcomeCodes.TimedOut);
    }
}
