using System.Globalization;
using Kinema.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Move;

/// <summary>The records in a data folder's <c>kinema.db</c>, while no server uses them.</summary>
internal sealed class MoveSource : IDisposable
{
    private readonly DataFolder _folder;
    private readonly SqliteConnection _connection;

    /// <exception cref="InvalidDataException">There are no records, or they are of another version.</exception>
    public MoveSource(DataFolder folder)
    {
        _folder = folder;
        IsSetAside = !File.Exists(folder.Database) && File.Exists(folder.MovedDatabase);
        var path = IsSetAside ? folder.MovedDatabase : folder.Database;
        if (!File.Exists(path))
            throw new InvalidDataException($"{folder.Root} holds no records: there is no {folder.Database}.");

        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        _connection.Open();
        var version = Migrations.ReadVersion(_connection);
        if (version != Migrations.Latest)
        {
            Dispose();
            throw new InvalidDataException($"The records in {path} have schema version {version}; this version of Kinema moves version {Migrations.Latest}. Start the server of this version once.");
        }
    }

    /// <summary>Whether an earlier move has come to its last step.</summary>
    public bool IsSetAside { get; }

    public IReadOnlyList<string> ReadTables() => [.. Read("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", []).Select(row => (string)row[0]!)];

    public IReadOnlyList<string> ReadColumns(string table) => [.. Read("SELECT name FROM pragma_table_info($0)", [table]).Select(row => (string)row[0]!)];

    public IReadOnlyList<object?[]> ReadPage(MovedTable table, object?[]? after, int rows) => Read(table.Page(after is not null, i => string.Create(CultureInfo.InvariantCulture, $"${i}"), rows), after ?? []);

    /// <summary>Renames the file; its write-ahead log goes into it first.</summary>
    public void SetAside()
    {
        Read("PRAGMA wal_checkpoint(TRUNCATE)", []);
        Dispose();
        if (File.Exists(_folder.WriteAheadLog) && new FileInfo(_folder.WriteAheadLog).Length > 0)
            throw new InvalidDataException($"Another program has {_folder.Database} open. End it and move again.");
        File.Move(_folder.Database, _folder.MovedDatabase);
    }

    public void Dispose() => _connection.Dispose();

    private List<object?[]> Read(string sql, object?[] parameters)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (i, value) in parameters.Index())
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i}"), value);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }
}
