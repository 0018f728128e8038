using System.Diagnostics;
using Kinema.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Kinema.Benchmarks;

/// <summary>The product's own tables, indexes and statements of a create, prepared once and with nothing around them, with the same durability.</summary>
internal sealed class RawSql : IDisposable
{
    private const string Organization = "0196142f-6c00-7000-8000-000000000001";

    private readonly SqliteConnection _writer;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _savepoint;
    private readonly SqliteCommand _release;
    private readonly SqliteCommand _run;
    private readonly SqliteCommand _line;
    private readonly SqliteCommand _event;

    public RawSql(string folder)
    {
        _writer = new SqliteConnection($"Data Source={Path.Combine(folder, "raw.db")};Pooling=False");
        _writer.Open();
        using (var pragmas = Command("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"))
            pragmas.ExecuteNonQuery();
        Migrations.Apply(_writer, 0);
        using (var organization = Command($"INSERT INTO orgs VALUES ('{Organization}', 'raw', 'raw', 0)"))
            organization.ExecuteNonQuery();
        (_begin, _commit, _savepoint, _release) = (Command("BEGIN IMMEDIATE"), Command("COMMIT"), Command("SAVEPOINT work"), Command("RELEASE work"));
        _run = Command(
            Sql.AdmitRun,
            ("id", null), ("orgId", Organization), ("modelId", Organization), ("modelSlug", "alibaba/wan/v2.7/image-to-video"), ("manifestVersion", 1),
            ("engineId", "motion"), ("sourceCode", "api"), ("inputJson", Workload.Body), ("effectiveInputJson", Workload.Body), ("metadataJson", DBNull.Value),
            ("clientRef", DBNull.Value), ("callbackUrl", DBNull.Value), ("requestId", "raw"), ("createdBy", DBNull.Value), ("createdAt", null), ("deadlineAt", null), ("expiresAt", null),
            ("availableAt", null), ("held", 500_000), ("lastSequence", 1));
        _line = Command(Sql.AddLedgerLine, ("orgId", Organization), ("runId", null), ("kind", "hold"), ("amount", 500_000), ("now", null));
        _event = Command(Sql.AddEvent, ("runId", null), ("sequence", 1), ("type", "status"), ("data", "{\"status_code\":\"queued\"}"), ("now", null));
    }

    /// <summary>One create in a transaction of its own.</summary>
    public string Create()
    {
        _begin.ExecuteNonQuery();
        var id = Insert();
        _commit.ExecuteNonQuery();
        return id;
    }

    /// <summary>Several creates in one transaction, each in a savepoint.</summary>
    public string[] CreateTogether(int count)
    {
        var ids = new string[count];
        _begin.ExecuteNonQuery();
        for (var i = 0; i < count; i++)
        {
            _savepoint.ExecuteNonQuery();
            ids[i] = Insert();
            _release.ExecuteNonQuery();
        }

        _commit.ExecuteNonQuery();
        return ids;
    }

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_begin, _commit, _savepoint, _release, _run, _line, _event])
            command.Dispose();
        _writer.Dispose();
    }

    private string Insert()
    {
        var (id, now) = (Guid.CreateVersion7().ToString(), Stopwatch.GetTimestamp());
        _run.Parameters["@id"].Value = id;
        _run.Parameters["@createdAt"].Value = _run.Parameters["@availableAt"].Value = now;
        _run.Parameters["@deadlineAt"].Value = _run.Parameters["@expiresAt"].Value = now + 90_000_000_000;
        _run.ExecuteNonQuery();
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_line, _event])
        {
            command.Parameters["@runId"].Value = id;
            command.Parameters["@now"].Value = now;
            command.ExecuteNonQuery();
        }

        return id;
    }

    private SqliteCommand Command(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _writer.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue("@" + name, value ?? "");
        return command;
    }
}
