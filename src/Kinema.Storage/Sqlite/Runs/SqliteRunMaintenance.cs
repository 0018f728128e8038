using Dapper;
using Kinema.Core.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Ends lost and overdue runs. Each run has its own transaction, so that a failure does not block the others.</summary>
internal sealed partial class SqliteRunMaintenance(
    IStoreDatabase database,
    RunTermination termination,
    MediaRetention retention,
    IOptions<RunPolicy> policy,
    StoreClock clock,
    ILogger<SqliteRunMaintenance> logger) : IRunMaintenance
{
    public async Task<int> ReapExpiredLeasesAsync(CancellationToken ct)
    {
        var lost = await database.ReadAsync(c => c.Query<Claim>(Sql.FindExpiredLeases, new { now = clock.Steady }).AsList(), ct);
        return await EachAsync(lost, c => c.RunId, (c, claim) => TakeBack(c, claim, run => run.LeaseUntil <= clock.Steady), ct);
    }

    public async Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct)
    {
        await RenewRemoteLeasesAsync(ct);
        var lost = await database.ReadAsync(c => c.Query<Claim>(Sql.FindLeasesOfOthers, new { instanceId = liveInstanceId.ToString() }).AsList(), ct);
        return await EachAsync(lost, c => c.RunId, (c, claim) => TakeBack(c, claim, _ => true), ct);
    }

    public Task<int> RenewRemoteLeasesAsync(CancellationToken ct) => database.WriteAsync(
        c => c.Execute(Sql.RenewRemoteLeases, new { leaseUntil = clock.Steady + Microseconds.FromSeconds(policy.Value.LeaseSeconds) }), ct);

    public async Task<int> ExpireOverdueAsync(CancellationToken ct)
    {
        var overdue = await database.ReadAsync(
            c =>
            {
                var now = clock.Steady;
                return c.Query<string>(Sql.FindOverdue, new { now, queuedBefore = QueuedBefore(now) }).AsList();
            },
            ct);
        return await EachAsync(overdue, id => id, Expire, ct);
    }

    public Task<int> ForgetExpiredMediaAsync(DateTimeOffset inputsBefore, DateTimeOffset outputsBefore, CancellationToken ct) =>
        retention.ForgetAsync(inputsBefore, outputsBefore, ct);

    public Task<IReadOnlySet<string>> ReadLiveArtifactKeysAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlySet<string>>(c => c.Query<string>(Sql.ReadLiveArtifactKeys).ToHashSet(StringComparer.Ordinal), ct);

    public Task<IReadOnlySet<(Guid OrgId, string Digest)>> ReadLiveContentsAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlySet<(Guid OrgId, string Digest)>>(
            c => c.Query<(string OrgId, string Digest)>(Sql.ReadLiveContents).Select(l => (Guid.Parse(l.OrgId), l.Digest)).ToHashSet(), ct);

    public Task<IReadOnlySet<(Guid RunId, long Fence)>> ReadActiveAttemptsAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlySet<(Guid RunId, long Fence)>>(
            c => c.Query<Claim>(Sql.ReadActiveAttempts).Select(a => (Guid.Parse(a.RunId), a.Fence)).ToHashSet(), ct);

    private bool TakeBack(IStoreConnection connection, Claim claim, Func<RunRow, bool> isStillLost)
    {
        if (Find(connection, claim.RunId) is not { IsClaimed: true } run || run.Fence != claim.Fence || !isStillLost(run))
            return false;

        var failure = new RunFailure(
            FailureCodes.WorkerLost, $"The worker stopped answering in each of {run.AttemptCount} attempts.", StageOf(run));
        termination.Release(connection, run, AttemptOutcomeCodes.Lost, failure, TimeSpan.Zero);
        return true;
    }

    private bool Expire(IStoreConnection connection, string runId)
    {
        var now = clock.Steady;
        if (Find(connection, runId) is not { CompletedAt: null } run)
            return false;

        if (run.ExpiresAt <= now)
            Fail("The run was not finished before its total deadline.", StageOf(run));
        else if (!run.IsClaimed && run.StartedAt is null && run.AvailableAt <= QueuedBefore(now))
            Fail("The run waited too long for a worker.", FailureStages.Dispatch);
        else
            return false;

        return true;

        void Fail(string message, string stage) =>
            termination.Fail(connection, run, new(FailureCodes.TimedOut, message, stage), AttemptOutcomeCodes.TimedOut);
    }

    private async Task<int> EachAsync<T>(List<T> candidates, Func<T, string> runIdOf, Func<IStoreConnection, T, bool> act, CancellationToken ct)
    {
        var done = 0;
        foreach (var candidate in candidates)
        {
            try
            {
                if (await database.WriteAsync(c => act(c, candidate), ct))
                    done++;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogNotEnded(error, runIdOf(candidate));
            }
        }

        return done;
    }

    private long QueuedBefore(long now) => now - Microseconds.FromSeconds(policy.Value.QueueTimeToLiveSeconds);

    private static RunRow? Find(IStoreConnection connection, string runId) => connection.QuerySingleOrDefault<RunRow>(Sql.FindRunById, new { runId });

    private static string StageOf(RunRow run) => run.ParsedStatus switch
    {
        RunStatus.Running => FailureStages.Inference,
        RunStatus.Dispatching => FailureStages.Preprocess,
        _ => FailureStages.Dispatch,
    };

    private sealed class Claim
    {
        public required string RunId { get; init; }
        public required long Fence { get; init; }
    }
}
