using System.Text.Json;
using Dapper;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite.Workers;
using Microsoft.Extensions.Options;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Run store for workers. Every write checks run, fence and worker; a stale write changes nothing.</summary>
internal sealed class SqliteWorkerLedger(
    IStoreDatabase database,
    SqliteWorkerDirectory directory,
    WorkerHearing hearing,
    RunTermination termination,
    IOptions<RunPolicy> policy,
    StoreClock clock) : IWorkerLedger
{
    public async Task<bool> RegisterAsync(WorkerRegistration worker, CancellationToken ct)
    {
        var isRegistered = await database.WriteAsync(c => Register(c, worker), ct);
        directory.Invalidate();
        return isRegistered;
    }

    public Task<ClaimedRun?> ClaimAsync(ClaimRequest claim, CancellationToken ct) => database.WriteAsync(c => Claim(c, claim), ct);

    public Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            var extended = c.QuerySingleOrDefault<(long CancelRequested, long ExpiresAt)?>(
                Sql.ExtendLease,
                new
                {
                    runId = attempt.RunId.ToString(),
                    fence = attempt.Fence,
                    workerId = attempt.WorkerId.ToString(),
                    leaseUntil = LeaseEnd(),
                });
            NoteHeard(c, attempt.WorkerId);
            return extended is var (cancelRequested, expiresAt)
                ? new HeartbeatReply(FenceIsCurrent: true, cancelRequested == 1, TimeSpan.FromMicroseconds(expiresAt - clock.Steady))
                : new HeartbeatReply(FenceIsCurrent: false, CancelRequested: false);
        },
        ct);

    public Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct)
    {
        if (append.Status is { } status and not (RunStatus.Dispatching or RunStatus.Running))
            throw new ArgumentException($"An attempt moves its run to dispatching or running; {status.ToCode()} is an outcome, see FinishAsync.", nameof(append));
        if (append.Sequence <= 0)
            throw new ArgumentException($"The first message of an attempt has the sequence 1; got {append.Sequence}.", nameof(append));

        return database.WriteAsync(c => Append(c, attempt, append), ct);
    }

    public Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome, CancellationToken ct) =>
        database.WriteAsync(c => Finish(c, attempt, outcome), ct);

    private bool Register(IStoreConnection connection, WorkerRegistration worker)
    {
        connection.Execute(Sql.RemoveSilentWorkers, new { heardBefore = hearing.ForgottenBefore });
        return connection.Execute(Sql.RegisterWorker, new
        {
            id = worker.WorkerId.ToString(),
            instanceId = worker.InstanceId.ToString(),
            name = worker.Name,
            capacity = worker.Capacity,
            enginesJson = JsonSerializer.Serialize(worker.Engines, StorageJson.Default.IReadOnlyListEngineDescriptor),
            now = clock.Wall,
            keyId = worker.Remote?.KeyId.ToString(),
            protocol = worker.Remote?.Protocol,
            version = worker.Remote?.Version,
            heardAt = worker.Remote is null ? (long?)null : clock.Steady,
        }) == 1;
    }

    private ClaimedRun? Claim(IStoreConnection connection, ClaimRequest claim)
    {
        if (!MayClaim(connection, claim.WorkerId))
            return null;

        var engineIds = JsonSerializer.Serialize(claim.EngineIds, StorageJson.Default.IReadOnlyListString);
        var steady = clock.Steady;
        var runId = OrgTurns.Take(
            connection,
            OrgTurns.Runs,
            Sql.ListOrgsWithQueuedRuns,
            orgId => HasEnough(connection, orgId) ? null : connection.ExecuteScalar<string?>(Sql.FindNextRun, new { orgId, engineIds, now = steady }));
        if (runId is null)
            return null;

        var now = clock.Wall;
        var run = connection.QuerySingle<RunRow>(Sql.ClaimRun, new
        {
            runId,
            workerId = claim.WorkerId.ToString(),
            instanceId = claim.InstanceId.ToString(),
            leaseUntil = LeaseEnd(),
            startedAt = now,
        });
        connection.Execute(Sql.AddAttempt, new
        {
            runId = run.Id,
            fence = run.Fence,
            number = run.AttemptCount,
            engineId = run.EngineId,
            workerId = claim.WorkerId.ToString(),
            instanceId = claim.InstanceId.ToString(),
            now,
        });
        RunEventWriter.Add(connection, run.Id, run.LastSequence, [RunEvents.Status(RunStatus.Dispatching)], now);
        return ClaimReader.Read(connection, run, claim.WorkerId);
    }

    private bool MayClaim(IStoreConnection connection, Guid workerId)
    {
        var claimant = connection.QueryPrepared<Claimant>(Sql.FindClaimant, ("@workerId", workerId.ToString()), ("@unlessSince", hearing.UnlessSince));
        if (claimant is { MustBeNoted: not 0 })
            NoteHeard(connection, workerId);
        return claimant is null or { IsDraining: 0 };
    }

    private void NoteHeard(IStoreConnection connection, Guid workerId) => connection.ExecutePrepared(
        Sql.NoteWorkerHeard, ("@workerId", workerId.ToString()), ("@now", clock.Steady), ("@unlessSince", hearing.UnlessSince));

    /// <summary>Whether workers have as many runs of the organisation as they may.</summary>
    private bool HasEnough(IStoreConnection connection, string orgId) =>
        policy.Value.MaxActivePerOrganization is > 0 and var most && connection.ExecuteScalar<long>(Sql.CountActiveOfOrg, new { orgId }) >= most;

    private bool Append(IStoreConnection connection, AttemptRef attempt, AttemptAppend append)
    {
        if (FindHeld(connection, attempt) is not { } run)
            return false;
        if (append.Sequence is { } sequence && connection.Execute(Sql.NoteAppend, new { runId = run.Id, fence = run.Fence, sequence }) == 0)
            return true;

        var now = clock.Wall;

        // Only forward: dispatching after running is a repeated message.
        var moves = append.Status > run.ParsedStatus;
        IReadOnlyList<NewRunEvent> events = moves ? [RunEvents.Status(append.Status!.Value), .. append.Events] : append.Events;
        if (append.Preview is { } announced)
            events = [.. events, RunEvents.Preview(attempt.RunId, announced)];
        if (events.Count > 0)
        {
            var status = moves ? append.Status!.Value.ToCode() : run.Status;
            var lastSequence = connection.ExecuteScalar<long>(
                Sql.AdvanceRun, new { runId = run.Id, fence = run.Fence, status, eventCount = events.Count });
            RunEventWriter.Add(connection, run.Id, lastSequence, events, now);
            if (append.Preview is { } preview)
                connection.Execute(Sql.PutPreview, new { runId = run.Id, contentType = preview.ContentType, content = preview.Content.ToArray(), sequence = lastSequence });
        }

        foreach (var input in append.Inputs)
            connection.Execute(Sql.PutInput, InputRow.Parameters(run, input, now));
        if (append.Checkpoint is not null)
            connection.Execute(Sql.SetCheckpoint, new { runId = run.Id, fence = run.Fence, checkpoint = append.Checkpoint });
        if (append.Expansion is { } expansion)
            connection.Execute(Sql.SetPromptExpansion, new { runId = run.Id, fence = run.Fence, expansionJson = JsonSerializer.Serialize(expansion, StorageJson.Default.PromptExpansion) });
        foreach (var cost in append.ProviderCosts)
            connection.Execute(Sql.AddProviderCost, new { orgId = run.OrgId, runId = run.Id, fence = run.Fence, item = cost.Item, amount = cost.Amount.Micros, now });
        return true;
    }

    private bool Finish(IStoreConnection connection, AttemptRef attempt, AttemptOutcome outcome)
    {
        if (FindHeld(connection, attempt) is not { } run)
            return false;

        switch (outcome)
        {
            case AttemptOutcome.Succeeded succeeded:
                termination.Succeed(connection, run, succeeded.Output, succeeded.Cost);
                return true;
            case AttemptOutcome.Failed failed:
                termination.Fail(connection, run, failed.Failure);
                return true;
            case AttemptOutcome.Canceled:
                termination.Cancel(connection, run);
                return true;
            case AttemptOutcome.Retry retry:
                termination.Release(connection, run, AttemptOutcomeCodes.Retry, retry.Failure, retry.Delay);
                return true;
            case AttemptOutcome.HandedBack handedBack:
                termination.Release(connection, run, AttemptOutcomeCodes.HandedBack, failure: null, handedBack.Delay);
                return true;
            default:
                throw new InvalidOperationException($"{outcome.GetType().Name} is not an outcome.");
        }
    }

    private long LeaseEnd() => clock.Steady + Microseconds.FromSeconds(policy.Value.LeaseSeconds);

    private static RunRow? FindHeld(IStoreConnection connection, AttemptRef attempt) => connection.QuerySingleOrDefault<RunRow>(
        Sql.FindHeldRun, new { runId = attempt.RunId.ToString(), fence = attempt.Fence, workerId = attempt.WorkerId.ToString() });

    private sealed class Claimant
    {
        public required long IsDraining { get; init; }
        public required long MustBeNoted { get; init; }
    }
}
