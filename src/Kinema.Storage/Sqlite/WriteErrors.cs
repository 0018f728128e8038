using Kinema.Core.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kinema.Storage.Sqlite;

/// <summary>Tells a store without room from a store that fails.</summary>
internal static class WriteErrors
{
    public static Exception Translate(Exception error) => error switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } => new StorageFullException("The disk of the data folder is full.", error),
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY } => new StorageFullException("The data folder is read-only.", error),
        _ => error,
    };

    /// <summary>Whether the store failed, and not the statement, as a violated constraint does.</summary>
    public static bool IsOfTheStore(Exception error) => error is SqliteException
    {
        SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_CANTOPEN or raw.SQLITE_BUSY,
    };
}
