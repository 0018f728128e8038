using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinema.Crash.Tests;

/// <summary>The state of the store at the end of a trial.</summary>
internal sealed class Books(string dataFolder)
{
    public async Task<string> IntegrityAsync() => await AskOneAsync<string>("PRAGMA integrity_check");

    /// <summary>Steps that are left: a run without an end takes two, as its callback follows; a callback without one takes one.</summary>
    public Task<long> UnfinishedAsync() => AskOneAsync<long>(
        "SELECT (SELECT count(*) FROM runs WHERE completed_at IS NULL) * 2 + (SELECT count(*) FROM outbox WHERE status = 'pending')");

    public async Task<IReadOnlyList<RunLine>> RunsAsync() => [.. await AskAsync<RunLine>(
        """
        SELECT
          r.id AS Id,
          r.status AS Status,
          coalesce(r.failure_code, '') AS FailureCode,
          r.attempt_count AS AttemptCount,
          (SELECT count(*) FROM attempts a WHERE a.run_id = r.id) AS Attempts,
          (SELECT count(*) FROM attempts a WHERE a.run_id = r.id AND a.outcome = 'handed_back') AS HandedBack,
          (SELECT count(*) FROM ledger l WHERE l.run_id = r.id AND l.kind = 'charge') AS Charges,
          (SELECT count(*) FROM ledger l WHERE l.run_id = r.id AND l.kind = 'hold') AS Holds,
          (SELECT coalesce(sum(amount), 0) FROM ledger l WHERE l.run_id = r.id AND l.kind IN ('hold', 'release')) AS StillHeld,
          (SELECT coalesce(sum(amount), 0) FROM ledger l WHERE l.run_id = r.id AND l.kind = 'charge') AS Charged,
          coalesce(r.cost, -1) AS Cost,
          (SELECT count(*) FROM outbox o WHERE o.run_id = r.id AND o.is_automatic = 1) AS Callbacks,
          (SELECT count(*) FROM outbox o WHERE o.run_id = r.id AND o.status = 'delivered') AS Delivered,
          (SELECT count(*) FROM events e
           WHERE e.run_id = r.id AND e.type = 'status' AND e.data_json ->> 'status_code' IN ('succeeded', 'failed', 'canceled')) AS Ends
        FROM runs r
        """)];

    public async Task<IReadOnlyDictionary<string, byte[]>> CallbackBodiesAsync() =>
        (await AskAsync<Body>("SELECT run_id AS RunId, payload AS Payload FROM outbox WHERE is_automatic = 1")).ToDictionary(b => b.RunId, b => b.Payload);

    /// <summary>Keys of the files that outputs name.</summary>
    public async Task<IReadOnlyList<string>> ArtifactKeysAsync() => [.. await AskAsync<string>("SELECT key FROM artifacts WHERE forgotten_at IS NULL ORDER BY key")];

    /// <summary>Makes the store as old as files that are made older.</summary>
    public async Task AgeAsync(TimeSpan age) =>
        await AskAsync<long>($"UPDATE schema_versions SET applied_at = applied_at - {(long)age.TotalMicroseconds} RETURNING version");

    public IReadOnlyList<string> FilesIn(string folder)
    {
        var root = Path.Combine(dataFolder, folder);
        return [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Order(StringComparer.Ordinal)];
    }

    private async Task<T> AskOneAsync<T>(string sql) => (await AskAsync<T>(sql)).Single();

    private async Task<IEnumerable<T>> AskAsync<T>(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "kinema.db")};Mode=ReadWrite;Pooling=False;Default Timeout=10");
        return await connection.QueryAsync<T>(sql);
    }

    private sealed class Body
    {
        public required string RunId { get; init; }

        public required byte[] Payload { get; init; }
    }
}

internal sealed class RunLine
{
    public required string Id { get; init; }
    public required string Status { get; init; }
    public required string FailureCode { get; init; }
    public required long AttemptCount { get; init; }
    public required long Attempts { get; init; }
    public required long HandedBack { get; init; }
    public required long Charges { get; init; }
    public required long Holds { get; init; }
    public required long StillHeld { get; init; }
    public required long Charged { get; init; }
    public required long Cost { get; init; }
    public required long Callbacks { get; init; }
    public required long Delivered { get; init; }
    public required long Ends { get; init; }

    public bool Succeeded => Status == "succeeded";

    public override string ToString() =>
        $"{Id} {Status} {FailureCode} attempts {Attempts} (counted {AttemptCount}) charges {Charges} callbacks {Callbacks} delivered {Delivered} ends {Ends}";
}
