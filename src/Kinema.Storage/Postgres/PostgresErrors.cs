using System.Net.Sockets;
using Kinema.Core.Storage;
using Npgsql;

namespace Kinema.Storage.Postgres;

/// <summary>Tells a lost connection, and a database without room, from a statement that fails.</summary>
internal static class PostgresErrors
{
    public static Exception Translate(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new StorageFullException("The disk of the database is full.", error),
        PostgresErrorCodes.ReadOnlySqlTransaction => new StorageFullException("The database is read-only.", error),
        _ => error,
    };

    /// <summary>Whether another connection, now or soon, may succeed.</summary>
    public static bool IsOfTheConnection(NpgsqlException error) => error is PostgresException answer
        ? answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        : error.InnerException is IOException or SocketException;
}
