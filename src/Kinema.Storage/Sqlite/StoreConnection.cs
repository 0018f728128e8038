using Dapper;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite;

/// <summary>
/// A connection that keeps the statements of hot paths prepared: SQLite takes longer to compile a create's statements, with their triggers and foreign keys,
/// than to run them. Only one thread uses it at a time.
/// </summary>
internal sealed class StoreConnection(string connectionString) : SqliteConnection(connectionString), IStoreConnection
{
    private readonly Dictionary<string, SqliteCommand> _prepared = new(StringComparer.Ordinal);

    /// <summary>Runs a statement without result. The parameters come in the same order each time.</summary>
    public void ExecutePrepared(string text, params ReadOnlySpan<(string Name, object? Value)> parameters) => Bind(text, parameters).ExecuteNonQuery();

    /// <summary>Reads at most one row into an object, as Dapper does.</summary>
    public T? QueryPrepared<T>(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var reader = Bind(text, parameters).ExecuteReader();
        return reader.Read() ? reader.GetRowParser<T>()(reader) : default;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _prepared.Values)
                command.Dispose();
            _prepared.Clear();
        }

        base.Dispose(disposing);
    }

    private SqliteCommand Bind(string text, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(text, out var command))
        {
            command = CreateCommand();
            command.CommandText = text;
            foreach (var (name, _) in parameters)
                command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _prepared[text] = command;
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }
}
