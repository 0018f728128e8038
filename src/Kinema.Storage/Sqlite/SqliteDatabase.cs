using System.Collections.Concurrent;
using Dapper;
using Kinema.Storage.Disk;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Sqlite;

/// <summary>SQLite database with one write connection (<see cref="WriteQueue"/>) and several read connections.</summary>
/// <remarks>
/// The provider's calls block, so the work is synchronous and only waiting for a connection is asynchronous. Cancellation applies only
/// while waiting; a started transaction runs to its commit.
/// </remarks>
internal sealed class SqliteDatabase : IStoreDatabase, IDisposable
{
    private const int BusySeconds = 30;

    /// <summary>A reader finds pages in the system's cache as fast as in its own, and there they are once for all readers. SQLite's default is 2,000 for each.</summary>
    private const int ReaderCacheKibibytes = 256;

    private readonly int _readerLimit = Math.Max(4, Environment.ProcessorCount * 2);
    private readonly DataFolder _folder;
    private readonly SemaphoreSlim _reading;
    private readonly ConcurrentBag<StoreConnection> _readers = [];
    private StoreConnection? _writer;
    private WriteQueue? _writes;
    private bool _disposed;

    public SqliteDatabase(DataFolder folder)
    {
        _folder = folder;
        _reading = new(_readerLimit, _readerLimit);
        DefaultTypeMap.MatchNamesWithUnderscores = true;
    }

    /// <summary>Opens the write connection; creates the file, readable only by the owner, if there is none.</summary>
    public void Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_writer is not null)
            throw new InvalidOperationException("The store is open already.");

        // The write-ahead log inherits the mode of the database's file.
        if (!File.Exists(_folder.Database))
            PrivateFile.Open(_folder.Database, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();

        _writer = Connect();
        _writer.Execute("PRAGMA journal_mode = WAL;");
        _writes = new(_writer);
    }

    /// <summary>Reads, without writing, whether there is a schema and how many secrets lie in it.</summary>
    public (bool HasSchema, long Secrets) Inspect()
    {
        var connection = _writer ?? throw NotOpen();
        return HasTable(connection, "schema_versions")
            ? (true, HasTable(connection, "secrets") ? connection.ExecuteScalar<long>("SELECT count(*) FROM secrets;") : 0)
            : (false, 0);
    }

    /// <summary>Why the last transaction could not be written, or null if it was.</summary>
    public Exception? LastWriteFailure => _writes?.LastFailure;

    /// <summary>Writes the log into the database, as far as readers allow.</summary>
    public void Checkpoint() => _writes?.RunAlone(writer => writer.Execute("PRAGMA wal_checkpoint(TRUNCATE);"));

    /// <summary>Runs the work while no transaction writes; blocks until it has its turn.</summary>
    public void RunBetweenWrites(Action<StoreConnection> work) => (_writes ?? throw NotOpen()).RunAlone(work);

    /// <summary>Runs the work in a transaction that holds the write lock from its start. The work may run twice, with the first run undone.</summary>
    /// <exception cref="Core.Storage.StorageFullException">The disk is full or read-only.</exception>
    public Task<T> WriteAsync<T>(Func<StoreConnection, T> work, CancellationToken ct) => (_writes ?? throw NotOpen()).RunAsync(work, ct);

    /// <summary>Runs the work on one snapshot.</summary>
    public async Task<T> ReadAsync<T>(Func<StoreConnection, T> work, CancellationToken ct)
    {
        await _reading.WaitAsync(ct);
        try
        {
            _ = _writer ?? throw NotOpen();
            if (!_readers.TryTake(out var connection))
            {
                connection = Connect();
                connection.Execute($"PRAGMA query_only = ON; PRAGMA cache_size = -{ReaderCacheKibibytes};");
            }

            // After an exception the connection state is unknown, so it is closed.
            T result;
            try
            {
                connection.ExecutePrepared("BEGIN;");
                result = work(connection);
                connection.ExecutePrepared("COMMIT;");
            }
            catch
            {
                connection.Dispose();
                throw;
            }

            _readers.Add(connection);
            return result;
        }
        finally
        {
            _reading.Release();
        }
    }

    Task<T> IStoreDatabase.WriteAsync<T>(Func<IStoreConnection, T> work, CancellationToken ct) => WriteAsync(work, ct);

    void IStoreDatabase.RunBetweenWrites(Action<IStoreConnection> work) => RunBetweenWrites(work);

    Task<T> IStoreDatabase.ReadAsync<T>(Func<IStoreConnection, T> work, CancellationToken ct) => ReadAsync(work, ct);

    public void Dispose()
    {
        if (_disposed)
            return;

        // Running work finishes first; later calls fail.
        _disposed = true;
        _writes?.Dispose();
        for (var i = 0; i < _readerLimit; i++)
            _reading.Wait();

        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writer?.Dispose();
        _writer = null;
        _writes = null;
        _reading.Release(_readerLimit);
    }

    private static bool HasTable(SqliteConnection connection, string name) =>
        connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @name;", new { name }) > 0;

    private StoreConnection Connect()
    {
        var connection = new StoreConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _folder.Database,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        connection.Open();

        // recursive_triggers: without it INSERT OR REPLACE would erase a ledger line past the trigger that forbids it.
        // secure_delete: what an erased run was asked must not stay in free pages of the file.
        connection.Execute($"""
            PRAGMA busy_timeout = {BusySeconds * 1000};
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            PRAGMA recursive_triggers = ON;
            PRAGMA secure_delete = ON;
            PRAGMA trusted_schema = OFF;
            """);
        return connection;
    }

    private InvalidOperationException NotOpen() =>
        new(_disposed ? "The store is closed." : "The store is not open; IStore.OpenAsync comes before anything else.");
}
