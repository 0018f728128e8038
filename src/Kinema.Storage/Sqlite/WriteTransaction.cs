using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kinema.Storage.Sqlite;

/// <summary>The transaction of the write connection, with one savepoint at a time. Its statements are prepared once.</summary>
internal sealed class WriteTransaction(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _begin = Command(connection, "BEGIN IMMEDIATE;");
    private readonly SqliteCommand _commit = Command(connection, "COMMIT;");
    private readonly SqliteCommand _rollback = Command(connection, "ROLLBACK;");
    private readonly SqliteCommand _savepoint = Command(connection, "SAVEPOINT work;");
    private readonly SqliteCommand _release = Command(connection, "RELEASE work;");
    private readonly SqliteCommand _undo = Command(connection, "ROLLBACK TO work;");

    /// <summary>False after errors at which SQLite itself rolls back, such as a full disk.</summary>
    public bool IsOpen => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public void Begin() => _begin.ExecuteNonQuery();

    public void Commit() => _commit.ExecuteNonQuery();

    public void Rollback()
    {
        try
        {
            if (IsOpen)
                _rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // The error that led here says why; if the transaction is still open, the next one fails at its start.
        }
    }

    public void BeginSavepoint() => _savepoint.ExecuteNonQuery();

    public void ReleaseSavepoint() => _release.ExecuteNonQuery();

    /// <summary>Undoes everything since the savepoint and ends it.</summary>
    public void UndoSavepoint()
    {
        _undo.ExecuteNonQuery();
        _release.ExecuteNonQuery();
    }

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_begin, _commit, _rollback, _savepoint, _release, _undo])
            command.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        return command;
    }
}
