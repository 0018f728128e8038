using System.Collections.Concurrent;
using SQLitePCL;

namespace Kinema.Storage.Sqlite;

/// <summary>Runs writes one after another on one connection. Writes that wait at the same time share a transaction and its flush to disk (group commit).</summary>
/// <remarks>
/// No write completes before its transaction is on disk. In a shared transaction every write has a savepoint, so that an exception undoes that write alone.
/// If the shared transaction itself fails, each of its writes runs again in a transaction of its own. The thread of a caller runs at most one batch.
/// </remarks>
internal sealed class WriteQueue(StoreConnection connection) : IDisposable
{
    /// <summary>Bounds how long the first of a batch waits for the last.</summary>
    private const int MaxBatch = 128;

    private readonly ConcurrentQueue<PendingWrite> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WriteTransaction _transaction = new(connection);
    private volatile Exception? _lastFailure;
    private bool _closed;

    /// <summary>Why the last transaction could not be written, or null if it was.</summary>
    public Exception? LastFailure => _lastFailure;

    /// <summary>Cancellation applies only while the write waits.</summary>
    public Task<T> RunAsync<T>(Func<StoreConnection, T> work, CancellationToken ct)
    {
        var write = new PendingWrite<T>(work, ct);
        _waiting.Enqueue(write);
        Drain(mayStay: false);
        return write.Task;
    }

    /// <summary>Runs something outside of any transaction, while no write runs.</summary>
    public void RunAlone(Action<StoreConnection> work)
    {
        _turn.Wait();
        try
        {
            work(connection);
        }
        finally
        {
            _turn.Release();
            Drain(mayStay: true);
        }
    }

    /// <summary>Waits for running writes; those that still wait, and later ones, fail.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _closed = true;
        _turn.Release();
        Drain(mayStay: true);
    }

    private void Drain(bool mayStay)
    {
        // A writer that finds the turn taken leaves its work to the holder, who looks again after giving the turn back.
        while (!_waiting.IsEmpty && _turn.Wait(0))
        {
            try
            {
                RunBatch();
            }
            finally
            {
                _turn.Release();
            }

            if (!mayStay && !_waiting.IsEmpty)
            {
                ThreadPool.UnsafeQueueUserWorkItem(queue => queue.Drain(mayStay: true), this, preferLocal: false);
                return;
            }
        }
    }

    private void RunBatch()
    {
        var batch = new List<PendingWrite>();
        while (batch.Count < MaxBatch && _waiting.TryDequeue(out var write))
        {
            if (write.TryStart())
                batch.Add(write);
        }

        if (_closed)
        {
            foreach (var write in batch)
                write.Fail(new InvalidOperationException("The store is closed."));
        }
        else if (batch.Count < 2 || !TryRunTogether(batch))
        {
            foreach (var write in batch)
                RunInOwnTransaction(write);
        }
    }

    private bool TryRunTogether(List<PendingWrite> batch)
    {
        var errors = new Dictionary<PendingWrite, Exception>();
        var changes = Changes;
        try
        {
            _transaction.Begin();
            foreach (var write in batch)
            {
                _transaction.BeginSavepoint();
                try
                {
                    write.Run(connection);
                    _transaction.ReleaseSavepoint();
                }
                catch (Exception error) when (_transaction.IsOpen)
                {
                    _transaction.UndoSavepoint();
                    errors.Add(write, error);
                }
            }

            _transaction.Commit();
            NoteSuccess(changes);
        }
        catch (Exception)
        {
            _transaction.Rollback();
            return false;
        }

        foreach (var write in batch)
        {
            if (errors.TryGetValue(write, out var error))
                write.Fail(WriteErrors.Translate(error));
            else
                write.Complete();
        }

        return true;
    }

    private void RunInOwnTransaction(PendingWrite write)
    {
        var changes = Changes;
        try
        {
            _transaction.Begin();
            write.Run(connection);
            _transaction.Commit();
        }
        catch (Exception error)
        {
            _transaction.Rollback();
            var translated = WriteErrors.Translate(error);
            if (WriteErrors.IsOfTheStore(error))
                _lastFailure = translated;
            write.Fail(translated);
            return;
        }

        NoteSuccess(changes);
        write.Complete();
    }

    private int Changes => raw.sqlite3_total_changes(connection.Handle);

    /// <summary>A transaction that changes no row writes nothing, so it succeeds on a full disk too.</summary>
    private void NoteSuccess(int changesBefore)
    {
        if (Changes != changesBefore)
            _lastFailure = null;
    }
}
