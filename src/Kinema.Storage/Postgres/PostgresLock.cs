using Npgsql;

namespace Kinema.Storage.Postgres;

/// <summary>Lock of the database for one server, held by a connection of its own; the database releases it when the process ends, for any reason.</summary>
internal sealed class PostgresLock(string settings) : IDisposable
{
    /// <summary>Key of the lock that each writing transaction takes.</summary>
    public const long Writes = 0x4B696E656D6101;

    private const long Server = 0x4B696E656D6102;

    private NpgsqlConnection? _held;

    public async Task<bool> TryTakeAsync(CancellationToken ct)
    {
        if (_held is not null)
            return true;

        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings) { Pooling = false, TcpKeepAlive = true }.ToString());
        try
        {
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1);", connection);
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = Server });
            if (await command.ExecuteScalarAsync(ct) is true)
            {
                _held = connection;
                return true;
            }
        }
        finally
        {
            if (_held is null)
                await connection.DisposeAsync();
        }

        return false;
    }

    public void Dispose()
    {
        _held?.Dispose();
        _held = null;
    }
}
