using Kinema.Core.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kinema.Storage.Sqlite;

/// <summary>Says at start which file or folder cannot be used, why, and what to do.</summary>
internal static class OpenErrors
{
    public static Exception NotWritable(DataFolder folder, Exception cause) => new StorageFullException(
        $"The data folder {folder.Root} cannot be written: {cause.Message} Make it writable for this user, free space, or use another data folder (Data:Path).", cause);

    public static Exception Explain(DataFolder folder, SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StoreDamagedException(
            $"The database {folder.Database} is damaged ({error.Message}). Nothing was changed. Restore a backup into an empty folder with `kinema restore`, "
            + "or recover what can be read with `sqlite3 kinema.db .recover`."),
        raw.SQLITE_FULL or raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_IOERR => NotWritable(folder, error),
        _ => error,
    };
}
