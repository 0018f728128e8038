using System.Globalization;
using Dapper;
using Kinema.Storage.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Kinema.Storage.Move;

/// <summary>A PostgreSQL database that takes the records. A table of its own says that they are not whole yet: no server opens it.</summary>
internal sealed class MoveTarget(string connection) : IAsyncDisposable
{
    public const string Marker = "kinema_move";

    private readonly string _settings = PostgresSettings.Of(connection);
    private readonly PostgresLock _lock = new(PostgresSettings.Of(connection));
    private readonly NpgsqlConnection _connection = new(PostgresSettings.Of(connection));

    public string Place => PostgresSettings.Describe(_settings);

    /// <summary>Makes the tables, or goes on with those of an earlier move.</summary>
    /// <exception cref="InvalidDataException">A server uses the database, or it holds records of its own.</exception>
    public async Task OpenAsync(string source, long now, CancellationToken ct)
    {
        await _connection.OpenAsync(ct);
        if (!await _lock.TryTakeAsync(ct))
            throw new InvalidDataException($"A Kinema server uses the database {Place}. Stop it, or move into another database.");

        await using var transaction = await _connection.BeginTransactionAsync(ct);
        var store = new PostgresConnection(_connection, new PostgresSql());
        if (PostgresMigrations.ReadVersion(store) == 0)
        {
            PostgresMigrations.Apply(store, now);
            await ExecuteAsync($"CREATE TABLE {Marker} (source text NOT NULL); INSERT INTO {Marker} VALUES ({Literal(source)});", ct);
        }
        else if (await ReadScalarAsync($"SELECT to_regclass('{Marker}') IS NULL", ct) is true)
        {
            throw new InvalidDataException($"The database {Place} holds records of its own. Move into an empty one.");
        }
        else if (await ReadScalarAsync($"SELECT source FROM {Marker}", ct) is string earlier && earlier != source)
        {
            throw new InvalidDataException($"The records of {earlier} are being moved into the database {Place}. Go on with those, or move into an empty database.");
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>Returns the tables, each after those that it refers to.</summary>
    public async Task<IReadOnlyList<MovedTable>> ReadTablesAsync(CancellationToken ct)
    {
        var columns = await QueryAsync<(string Table, string Column, string Type, bool IsCounter)>(
            "SELECT table_name, column_name, data_type, is_identity = 'YES' FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position", ct);
        // cspell:disable (names of PostgreSQL's catalogs)
        var keys = await QueryAsync<(string Table, string[] Columns)>(
            """
            SELECT DISTINCT ON (c.relname) c.relname,
              ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, n) JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum ORDER BY k.n)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
            WHERE c.relnamespace = current_schema()::regnamespace AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
            ORDER BY c.relname, i.indisprimary DESC, i.indexrelid
            """,
            ct);
        var references = (await QueryAsync<(string Table, string Named)>(
            "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace AND conrelid <> confrelid", ct))
            .ToLookup(r => r.Table, r => r.Named);
        // cspell:enable

        var tables = columns.GroupBy(c => c.Table).Where(t => t.Key is not (Marker or "schema_versions" or "store_owner"))
            .Select(t => new MovedTable(t.Key, [.. t.Select(c => c.Column)], [.. t.Select(c => TypeOf(c.Type))], keys.First(k => k.Table == t.Key).Columns, t.FirstOrDefault(c => c.IsCounter).Column))
            .ToList();
        List<MovedTable> ordered = [];
        while (ordered.Count < tables.Count)
            ordered.Add(tables.First(table => !ordered.Contains(table) && references[table.Name].All(named => ordered.Any(done => done.Name == named))));
        return ordered;
    }

    /// <summary>The last row that is here, or null.</summary>
    public async Task<object?[]?> ReadLastAsync(MovedTable table, CancellationToken ct)
    {
        var descending = string.Join(", ", table.Key.Select(column => $"{MovedTable.Quote(column)} DESC"));
        return await ReadRowsAsync($"SELECT {table.ColumnList} FROM {MovedTable.Quote(table.Name)} ORDER BY {descending} LIMIT 1", table, null, ct) is [var last] ? last : null;
    }

    public Task<IReadOnlyList<object?[]>> ReadPageAsync(MovedTable table, object?[]? after, int rows, CancellationToken ct) =>
        ReadRowsAsync(table.Page(after is not null, i => string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), rows), table, after, ct);

    /// <summary>Writes all of the rows or none: one statement.</summary>
    public async Task WriteAsync(MovedTable table, IReadOnlyList<object?[]> rows, CancellationToken ct)
    {
        await using var writer = await _connection.BeginBinaryImportAsync($"COPY {MovedTable.Quote(table.Name)} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(ct);
            foreach (var (i, value) in row.Index())
            {
                if (value is null)
                    await writer.WriteNullAsync(ct);
                else
                    await writer.WriteAsync(value, table.Types[i], ct);
            }
        }

        await writer.CompleteAsync(ct);
    }

    /// <summary>Lets the database number on where SQLite stopped, and lets servers in.</summary>
    public async Task FinishAsync(IReadOnlyList<MovedTable> tables, CancellationToken ct)
    {
        await using var transaction = await _connection.BeginTransactionAsync(ct);
        foreach (var table in tables.Where(table => table.Counter is not null))
            await ExecuteAsync($"SELECT setval(pg_get_serial_sequence('{table.Name}', '{table.Counter}'), coalesce(max({table.Counter}), 0) + 1, false) FROM {table.Name};", ct);
        await ExecuteAsync($"DROP TABLE {Marker};", ct);
        await transaction.CommitAsync(ct);
        await ExecuteAsync("ANALYZE;", ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _lock.Dispose();
    }

    private static NpgsqlDbType TypeOf(string type) => type switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "text" => NpgsqlDbType.Text,
        "bytea" => NpgsqlDbType.Bytea,
        "double precision" => NpgsqlDbType.Double,
        _ => throw new InvalidOperationException($"No record has the type {type}."),
    };

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private async Task<IReadOnlyList<object?[]>> ReadRowsAsync(string sql, MovedTable table, object?[]? key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        foreach (var (i, value) in (key ?? []).Index())
            command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = table.Types[table.IndexOf(table.Key[i])] });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(ct))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken ct) => [.. await _connection.QueryAsync<T>(new CommandDefinition(sql, cancellationToken: ct))];

    private Task<object?> ReadScalarAsync(string sql, CancellationToken ct) => _connection.ExecuteScalarAsync<object?>(new CommandDefinition(sql, cancellationToken: ct));

    private Task<int> ExecuteAsync(string sql, CancellationToken ct) => _connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: ct));
}
