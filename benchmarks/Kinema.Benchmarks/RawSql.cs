using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Kinema.Benchmarks;

/// <summary>Lower bound: cost of a create and a get as plain SQL statements, with the same durability, number of callers and one writer.</summary>
internal sealed class RawSql : IDisposable
{
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _gate = new(1, 1);

    public RawSql(string folder)
    {
        _connectionString = $"Data Source={Path.Combine(folder, "raw.db")}";
        _writer = new SqliteConnection(_connectionString);
        _writer.Open();
        Execute(_writer, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
        Execute(_writer, """
            CREATE TABLE runs(id TEXT PRIMARY KEY, org TEXT, status TEXT, input TEXT, created INTEGER);
            CREATE INDEX runs_queue ON runs(status, created);
            CREATE INDEX runs_org ON runs(org, created);
            CREATE TABLE events(run TEXT, seq INTEGER, data TEXT, PRIMARY KEY(run, seq));
            CREATE TABLE ledger(run TEXT, kind TEXT, amount INTEGER, PRIMARY KEY(run, kind));
            """);
    }

    /// <summary>Row, event and hold line in one transaction, synced to disk; then the row is read back.</summary>
    public async Task<(double CreatesPerSecond, Samples Creates, Samples Gets)> RunAsync(int callers, int total)
    {
        Samples creates = new(), gets = new();
        var start = Stopwatch.GetTimestamp();
        var creating = TimeSpan.Zero;
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Load.RunAsync(callers, total, async _ => ids.Add(await creates.MeasureAsync(CreateAsync)));
        creating = Stopwatch.GetElapsedTime(start);
        var list = ids.ToArray();
        await Load.RunAsync(callers, total, async i => await gets.MeasureAsync(() => Task.FromResult(Get(list[i % list.Length]))));
        return (total / creating.TotalSeconds, creates, gets);
    }

    public void Dispose()
    {
        _writer.Dispose();
        _gate.Dispose();
        SqliteConnection.ClearAllPools();
    }

    private async Task<string> CreateAsync()
    {
        var id = Guid.CreateVersion7().ToString();
        await _gate.WaitAsync();
        try
        {
            // The call blocks until the log is on disk, like the ledger's; run it on its own thread.
            await Task.Run(() =>
            {
                using var transaction = _writer.BeginTransaction(deferred: false);
                Execute(_writer, "INSERT INTO runs VALUES(@id,'org','queued',@input,@now)", id, transaction);
                Execute(_writer, "INSERT INTO events VALUES(@id,1,@input)", id, transaction);
                Execute(_writer, "INSERT INTO ledger VALUES(@id,'hold',500000)", id, transaction);
                transaction.Commit();
            });
            return id;
        }
        finally
        {
            _gate.Release();
        }
    }

    private string Get(string id)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT input FROM runs WHERE id=@id AND org='org'";
        command.Parameters.AddWithValue("@id", id);
        return (string)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string sql, string? id = null, SqliteTransaction? transaction = null)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        if (id is not null)
        {
            command.Parameters.AddWithValue("@id", id);
            command.Parameters.AddWithValue("@input", Workload.Body);
            command.Parameters.AddWithValue("@now", Stopwatch.GetTimestamp());
        }

        command.ExecuteNonQuery();
    }
}
