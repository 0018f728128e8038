namespace Kinema.Storage.Sqlite;

/// <summary>A write that waits for its turn. It may run again if a transaction that it shared is lost.</summary>
internal abstract class PendingWrite
{
    private int _state;

    /// <summary>Returns false if the caller has cancelled. A started write can no longer be cancelled.</summary>
    public bool TryStart() => Interlocked.CompareExchange(ref _state, 1, 0) == 0;

    public abstract void Run(StoreConnection connection);

    /// <summary>Gives the caller the result. Called after the commit.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception error);

    protected bool TryCancel() => Interlocked.CompareExchange(ref _state, 2, 0) == 0;
}

/// <inheritdoc cref="PendingWrite"/>
internal sealed class PendingWrite<T> : PendingWrite
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<StoreConnection, T> _work;
    private readonly CancellationTokenRegistration _cancellation;
    private T _result = default!;

    public PendingWrite(Func<StoreConnection, T> work, CancellationToken ct)
    {
        _work = work;
        _cancellation = ct.UnsafeRegister(Cancel, null);
    }

    public Task<T> Task => _completion.Task;

    public override void Run(StoreConnection connection) => _result = _work(connection);

    public override void Complete()
    {
        _cancellation.Unregister();
        _completion.SetResult(_result);
    }

    public override void Fail(Exception error)
    {
        _cancellation.Unregister();
        _completion.SetException(error);
    }

    private void Cancel(object? state, CancellationToken ct)
    {
        if (TryCancel())
            _completion.SetCanceled(ct);
    }
}
