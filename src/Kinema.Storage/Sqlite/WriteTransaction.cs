using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kinema.Storage.Sqlite;

/// <summary>The transaction of the write connection, with one savepoint at a time.</summary>
internal sealed class WriteTransaction(StoreConnection connection)
{
    /// <summary>False after errors at which SQLite itself rolls back, such as a full disk.</summary>
    public bool IsOpen => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    public void Begin() => connection.ExecutePrepared("BEGIN IMMEDIATE;");

    public void Commit() => connection.ExecutePrepared("COMMIT;");

    public void Rollback()
    {
        try
        {
            if (IsOpen)
                connection.ExecutePrepared("ROLLBACK;");
        }
        catch (SqliteException)
        {
            // The error that led here says why; if the transaction is still open, the next one fails at its start.
        }
    }

    public void BeginSavepoint() => connection.ExecutePrepared("SAVEPOINT work;");

    public void ReleaseSavepoint() => connection.ExecutePrepared("RELEASE work;");

    /// <summary>Undoes everything since the savepoint and ends it.</summary>
    public void UndoSavepoint()
    {
        connection.ExecutePrepared("ROLLBACK TO work;");
        connection.ExecutePrepared("RELEASE work;");
    }
}
