using System.Text.Json;
using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite.Callbacks;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>
/// The one path by which a claim ends and a run becomes terminal, whatever the reason, so that no end is without its ledger lines, its event
/// and its outbox row. Every method runs inside the caller's write transaction, on a row read in it.
/// </summary>
internal sealed class RunEnding(ICallbackComposer composer, IOptions<RunPolicy> policy, TimeProvider clock)
{
    /// <summary>Delivered. Charged is what was delivered, never more than was held.</summary>
    public RunRow Succeed(SqliteConnection connection, RunRow run, RunOutput output, Money cost)
    {
        var charged = Math.Clamp(cost.Micros, 0, run.Held);
        var ended = End(connection, run, new(RunStatus.Succeeded, AttemptEnds.Succeeded) { Output = output, Charged = charged });
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

        return ended;
    }

    /// <summary>Failed for good.</summary>
    public RunRow Fail(SqliteConnection connection, RunRow run, RunFailure failure, string attemptEnd = AttemptEnds.Failed) =>
        End(connection, run, new(RunStatus.Failed, attemptEnd) { Failure = failure });

    /// <summary>Canceled.</summary>
    public RunRow Cancel(SqliteConnection connection, RunRow run, string attemptEnd = AttemptEnds.Canceled) =>
        End(connection, run, new(RunStatus.Canceled, attemptEnd));

    /// <summary>
    /// The claim is over but the work is not: the run waits again; or it is canceled, where that was asked; or it fails, where its attempts
    /// are spent. A claim that was handed back spends none.
    /// </summary>
    public void Release(SqliteConnection connection, RunRow run, string attemptEnd, RunFailure? failure, TimeSpan delay)
    {
        if (run.CancelRequestedAt is not null)
        {
            Cancel(connection, run, attemptEnd);
            return;
        }

        var counts = attemptEnd != AttemptEnds.HandedBack;
        if (counts && run.AttemptCount >= policy.Value.MaxAttempts)
        {
            Fail(connection, run, failure!, attemptEnd);
            return;
        }

        var now = clock.NowMicros();
        EndAttempt(connection, run, new(RunStatus.Queued, attemptEnd) { Failure = failure }, now);
        var lastSequence = connection.ExecuteScalar<long>(
            Sql.RequeueRun, new { runId = run.Id, fence = run.Fence, availableAt = now + delay.ToMicros(), uncounted = counts ? 0 : 1 });
        RunHistory.Add(connection, run.Id, lastSequence, [RunEvents.Status(RunStatus.Queued)], now);
    }

    private RunRow End(SqliteConnection connection, RunRow run, Ending ending)
    {
        var now = clock.NowMicros();
        if (run.IsClaimed)
            EndAttempt(connection, run, ending, now);

        var ended = connection.QuerySingle<RunRow>(Sql.EndRun, new
        {
            runId = run.Id,
            fence = run.Fence,
            fenceStep = ending.ByTheAttemptItself ? 0 : 1,
            status = ending.Status.ToCode(),
            cost = ending.Charged ?? 0,
            outputJson = ending.Output is null ? null : JsonSerializer.Serialize(ending.Output, StorageJson.Default.RunOutput),
            failureCode = ending.Failure?.Code,
            failureMessage = ending.Failure?.Message,
            failureStage = ending.Failure?.Stage,
            now,
        });
        AddLedgerLine(connection, ended, "release", -ended.Held, now);
        if (ending.Charged is { } charged)
            AddLedgerLine(connection, ended, "charge", charged, now);
        RunHistory.Add(connection, run.Id, ended.LastSequence, [RunEvents.Status(ending.Status, ending.Failure)], now);
        if (ended.CallbackUrl is not null)
        {
            var terminal = ended.ToRun();
            OutboxRow.Add(connection, terminal, composer.Compose(terminal), isAutomatic: true, Guid.CreateVersion7(clock.GetUtcNow()), now);
        }

        return ended;
    }

    private static void EndAttempt(SqliteConnection connection, RunRow run, Ending ending, long now) =>
        connection.Execute(Sql.EndAttempt, new
        {
            runId = run.Id,
            fence = run.Fence,
            outcome = ending.AttemptEnd,
            cost = ending.Charged,
            failureCode = ending.Failure?.Code,
            failureMessage = ending.Failure?.Message,
            failureStage = ending.Failure?.Stage,
            now,
        });

    private static void AddLedgerLine(SqliteConnection connection, RunRow run, string kind, long amount, long now) =>
        connection.Execute(Sql.AddLedgerLine, new { runId = run.Id, orgId = run.OrgId, kind, amount, now });

    private sealed record Ending(RunStatus Status, string AttemptEnd)
    {
        public RunOutput? Output { get; init; }
        public long? Charged { get; init; }
        public RunFailure? Failure { get; init; }

        /// <summary>Where somebody else ended the run its fence moves on too, so that the attempt's writes are refused twice over.</summary>
        public bool ByTheAttemptItself => AttemptEnd is not (AttemptEnds.Lost or AttemptEnds.TimedOut);
    }
}
