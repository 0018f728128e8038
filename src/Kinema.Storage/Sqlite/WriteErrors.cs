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
}
