using Dapper;
using Kinema.Storage.Disk;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Backup;

/// <summary>Copies a database in use with SQLite's online backup.</summary>
internal static class DatabaseCopy
{
    /// <summary>Writes the copy to a new file, readable only by the owner.</summary>
    public static bool Write(SqliteConnection source, string path)
    {
        PrivateFile.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None).Dispose();
        using var copy = Connect(path);
        source.BackupDatabase(copy);

        // One file: the copy has no log beside it.
        return copy.ExecuteScalar<string>("PRAGMA journal_mode = DELETE;") == "delete";
    }

    public static SqliteConnection Connect(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
