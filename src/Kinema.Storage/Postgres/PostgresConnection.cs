using System.Data;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Npgsql;

namespace Kinema.Storage.Postgres;

/// <summary>A pooled connection, already open, for one transaction.</summary>
internal sealed class PostgresConnection(NpgsqlConnection connection, PostgresSql sql) : IStoreConnection
{
    [AllowNull]
    public string ConnectionString
    {
        get => connection.ConnectionString;
        set => throw new NotSupportedException("The data source connects.");
    }

    public int ConnectionTimeout => connection.ConnectionTimeout;

    public string Database => connection.Database;

    public ConnectionState State => connection.State;

    public void ExecutePrepared(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Bind(text, parameters);
        command.ExecuteNonQuery();
    }

    public T? QueryPrepared<T>(string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Bind(text, parameters);
        using var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetRowParser<T>()(reader) : default;
    }

    public IDbCommand CreateCommand() => new PostgresCommand(connection, sql);

    public IDbTransaction BeginTransaction() => connection.BeginTransaction();

    public IDbTransaction BeginTransaction(IsolationLevel il) => connection.BeginTransaction(il);

    public void ChangeDatabase(string databaseName) => throw new NotSupportedException("The store has one database.");

    public void Open() => connection.Open();

    public void Close() => connection.Close();

    public void Dispose() => connection.Dispose();

    private PostgresCommand Bind(string text, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = new PostgresCommand(connection, sql) { CommandText = text };
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new NpgsqlParameter { ParameterName = name, Value = value ?? DBNull.Value });
        return command;
    }
}
