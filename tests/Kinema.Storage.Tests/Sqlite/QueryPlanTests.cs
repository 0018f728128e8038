using Dapper;
using Kinema.Storage.Sqlite;
using Kinema.Storage.Sqlite.Runs;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>The statements that every run or every poll pays for walk their index and neither scan a table nor sort.</summary>
public sealed class QueryPlanTests : IDisposable
{
    private static readonly DynamicParameters _anything = Anything();
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public QueryPlanTests()
    {
        _connection.Open();
        Migrations.Apply(_connection, 0);
        QueueCounts.Prepare(_connection);
    }

    public static TheoryData<string, string> Plans => new()
    {
        { Sql.CheckQueue, "runs_waiting (org_id=?)" },
        { Sql.FindNextRun, "runs_waiting (org_id=? AND engine_id=?)" },
        { Sql.CountActiveOfOrg, "INDEX runs_by_status (org_id=? AND status=?)" },
        { Sql.FindIdempotencyKey, "sqlite_autoindex_idempotency_keys_1 (org_id=? AND route=? AND key=?)" },
        { Sql.ReadCallbackPause, "outbox_due (org_id=?)" },
        { Sql.FindExpiredLeases, "runs_leased" },
        { Sql.FindLeasesOfOthers, "runs_leased" },
        { Sql.FindOverdue, "runs_by_expiry" },
        { Sql.FindOverdue, "runs_never_started" },
        { Sql.ReadEvents, "PRIMARY KEY" },
        { Sql.ReadLogs, "PRIMARY KEY" },
        { Sql.ReadAttempts, "PRIMARY KEY" },
        { Sql.CountRunsBefore, "runs_waiting (org_id=? AND engine_id=? AND (created_at,id)<(?,?))" },
        { Sql.CountActiveRuns, "runs_leased" },
        { Sql.IsContentNamed, "inputs_by_digest" },
        { Sql.IsContentNamed, "assets_by_digest" },
        { Sql.FindLastRecordOfContent, "inputs_by_digest" },
        { Sql.FindInlineAssets, "sqlite_autoindex_assets" },
        { Sql.ReadLedger, "ledger_by_run" },
        { Sql.ClaimDelivery, "sqlite_autoindex_outbox" },
        { Sql.TakeTurn, "org_turns_by_turn" },
        { Sql.ListDeliveries, "outbox_by_run" },
        { Sql.UnlockDeliveriesOfOthers, "outbox_" },
        { Sql.FindExpiredOutputs, "runs_with_output" },
        { Sql.ForgetInputs, "inputs_kept" },
        { Sql.ForgetAssets, "assets_kept" },
        { Sql.ReadLiveArtifactKeys, "artifacts_kept" },
        { Sql.FindForgottenArtifacts, "PRIMARY KEY" },
        { Sql.FindKey, "sqlite_autoindex_keys" },
        { Sql.ListKeys, "keys_by_org" },
        { Sql.FindSessionKey, "USING PRIMARY KEY (hash=?)" },
        { Sql.FindSessionKey, "sqlite_autoindex_keys" },
        { Sql.RemoveExpiredSessions, "sessions_by_expiry" },
        { Sql.RemoveOldestSessions, "sessions_by_key" },
        { Sql.ListSecrets, "secrets_by_org" },
        { Sql.ListWorkers, "workers_by_registration" },
        { Sql.ListWorkers, "runs_leased" },
        { Sql.ReadWorkers, "workers_by_registration" },
        { Sql.FindWorker, "sqlite_autoindex_workers" },
        { Sql.FindClaimant, "sqlite_autoindex_workers" },
        { Sql.NoteWorkerHeard, "sqlite_autoindex_workers" },
        { Sql.ListHeldRuns, "runs_leased" },
        { Sql.FindLeasesOfOthers, "sqlite_autoindex_workers" },
        { Sql.RenewRemoteLeases, "sqlite_autoindex_workers" },
        { Sql.FindWorkerKey, "sqlite_autoindex_worker_keys" },
        { Sql.ListWorkerKeys, "sqlite_autoindex_worker_keys" },
        { Sql.NoteAppend, "PRIMARY KEY (run_id=? AND fence=?)" },
        { Sql.FindUpstreamTask, "sqlite_autoindex_upstream_tasks" },
        { Sql.IsLaneTaken, "upstream_tasks_one_submit" },
        { Sql.ReadUpstreamSpend, "upstream_tasks_by_day" },
        { Sql.ListDoubtfulUpstreamTasks, "upstream_tasks_open" },
        { Sql.ListLeftUpstreamTasks, "upstream_tasks_open" },
        { Sql.FindClaimedUpstreamTasks, "upstream_tasks_by_id" },
        { Sql.IsUpstreamTaskClaimed, "upstream_tasks_by_id" },
    };

    public void Dispose() => _connection.Dispose();

    [Theory]
    [MemberData(nameof(Plans), DisableDiscoveryEnumeration = true)]
    public void A_statement_uses_the_index_it_names(string statement, string index)
    {
        var plan = string.Join('\n', _connection.Query<PlanRow>("EXPLAIN QUERY PLAN " + statement, _anything).Select(r => r.Detail));

        plan.ShouldContain(index);
        plan.ShouldNotContain("USE TEMP B-TREE FOR ORDER BY");
        foreach (var line in plan.Split('\n').Where(l => l.StartsWith("SCAN", StringComparison.Ordinal)))
            line.ShouldMatch("USING (COVERING )?INDEX|json_each|CONSTANT ROW|\\(subquery-|^SCAN (all_queued|own_queued|before)$");
    }

    private static DynamicParameters Anything()
    {
        var parameters = new DynamicParameters();
        foreach (var name in (string[])[
            "now", "runId", "orgId", "id", "prefix", "before", "limit", "createdAt", "clientRef", "deliveryId", "queue", "startedAt", "status", "modelSlug", "afterSequence", "engineIds",
            "workerId", "instanceId", "leaseUntil", "maxQueued", "maxQueuedPerOrg", "queuedBefore", "lockedUntil", "busyEndpoints", "namedIds", "keys", "engineId", "digest", "ids", "route", "key", "heardAfter", "unlessSince", "fence", "sequence", "lane", "day", "taskId"])
        {
            parameters.Add(name, name is "engineIds" or "busyEndpoints" or "namedIds" or "keys" or "ids" ? "[]" : "1");
        }

        return parameters;
    }

    private sealed class PlanRow
    {
        public required string Detail { get; init; }
    }
}
