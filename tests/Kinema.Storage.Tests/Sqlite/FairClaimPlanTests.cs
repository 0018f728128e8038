using Dapper;
using Kinema.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kinema.Storage.Tests.Sqlite;

/// <summary>The cost of a claim depends on the number of organisations with work, not on the length of their queues.</summary>
public sealed class FairClaimPlanTests : IDisposable
{
    private const int Organizations = 20;
    private readonly SqliteConnection _connection = new("Data Source=:memory:;Foreign Keys=False");

    public FairClaimPlanTests()
    {
        _connection.Open();
        Migrations.Apply(_connection, 0);
    }

    public void Dispose() => _connection.Dispose();

    [Fact]
    public void A_claim_takes_few_steps_at_two_thousand_rows() => Check(2000);

    [Fact]
    [Trait("Set", "long")]
    public void A_claim_takes_few_steps_at_a_million_rows() => Check(1_000_000);

    private void Check(int rows)
    {
        // One organisation has nearly everything; each of the others has one run and one callback.
        _connection.Execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
            INSERT INTO runs (
              id, org_id, model_id, model_slug, manifest_version, engine_id, status, source_code, input_json, effective_input_json, request_id, created_at, deadline_at,
              expires_at, available_at, held, last_sequence)
            SELECT printf('run-%08d', i), printf('org-%02d', max(1, i - @rows + @orgs)), 'm', 'm', 1, 'motion', 'queued', 'api', '', '', 'r', i, 9000000000000000, 9000000000000000, i, 0, 1
            FROM n;
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @rows)
            INSERT INTO outbox (
              id, org_id, run_id, callback_url, endpoint, payload, request_id, is_automatic, status, max_attempts, next_attempt_at, created_at, updated_at)
            SELECT printf('out-%08d', i), printf('org-%02d', max(1, i - @rows + @orgs)), printf('run-%08d', i), 'u', printf('https://host-%d', i % 3), x'00', 'r', 1,
              'pending', 3, i, i, i
            FROM n;
            """,
            new { rows, orgs = Organizations });

        foreach (var statement in new[] { Sql.ListOrgsWithQueuedRuns, Sql.FindNextRun, Sql.ListOrgsWithDeliveries, Sql.FindNextDelivery, Sql.TakeTurn })
        {
            var plan = string.Join('\n', _connection.Query<(int, int, int, string Detail)>("EXPLAIN QUERY PLAN " + statement, Parameters()).Select(row => row.Detail));
            plan.ShouldNotMatch("SCAN (runs|outbox|org_turns)");
            Steps(statement).ShouldBeLessThan(2000, $"{rows} rows:\n{statement}\n{plan}");
        }
    }

    private int Steps(string statement)
    {
        raw.sqlite3_prepare_v2(_connection.Handle, statement, out var prepared).ShouldBe(raw.SQLITE_OK);
        using (prepared)
        {
            foreach (var (name, value) in new[] { ("@orgId", "org-01"), ("@engineIds", "[\"motion\"]"), ("@busyEndpoints", "[]"), ("@queue", "runs") })
            {
                if (raw.sqlite3_bind_parameter_index(prepared, name) is > 0 and var index)
                    raw.sqlite3_bind_text(prepared, index, value);
            }

            if (raw.sqlite3_bind_parameter_index(prepared, "@now") is > 0 and var now)
                raw.sqlite3_bind_int64(prepared, now, 8_000_000_000);
            while (raw.sqlite3_step(prepared) == raw.SQLITE_ROW)
            {
            }

            return raw.sqlite3_stmt_status(prepared, raw.SQLITE_STMTSTATUS_VM_STEP, 0);
        }
    }

    private static DynamicParameters Parameters() =>
        new(new { orgId = "org-01", engineIds = "[]", busyEndpoints = "[]", queue = "runs", now = 0 });
}
