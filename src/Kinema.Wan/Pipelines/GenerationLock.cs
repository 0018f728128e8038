namespace Kinema.Wan.Pipelines;

/// <summary>Serializes the use of a pipeline's models: one generation at a time, and none once the pipeline is disposed.</summary>
/// <remarks>
/// A generation holds the lock until its enumeration ends, but computes only at times: between frames it waits for its consumer. So disposal waits for the
/// current computation, never for a generation to end. The generation finds the lock disposed when it wants to compute again.
/// </remarks>
internal sealed class GenerationLock(IDisposable models) : IDisposable, IAsyncDisposable
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _modelsDisposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _computingThread;
    private bool _disposed;

    /// <summary>Waits until no other generation holds the lock. Call <see cref="Exit"/> to release it.</summary>
    /// <exception cref="ObjectDisposedException">The pipeline was disposed, before or during the wait.</exception>
    public async Task EnterAsync(CancellationToken ct)
    {
        using var stop = CreateLinkedTokenSource(ct);
        try
        {
            await _semaphore.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw DisposedException();
        }
    }

    public void Exit() => _semaphore.Release();

    /// <summary>Returns a token source that is also cancelled when this lock is disposed.</summary>
    public CancellationTokenSource CreateLinkedTokenSource(CancellationToken ct) => CancellationTokenSource.CreateLinkedTokenSource(ct, _disposing.Token);

    /// <summary>Runs a computation while the models are loaded.</summary>
    /// <param name="work">The computation. It must stop soon after a token of <see cref="CreateLinkedTokenSource"/> is cancelled.</param>
    /// <param name="ct">The caller's own token.</param>
    /// <exception cref="ObjectDisposedException">The pipeline was disposed, before or during the computation.</exception>
    public T Run<T>(Func<T> work, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_disposed)
                throw DisposedException();
            _computingThread = Thread.CurrentThread;
        }

        try
        {
            return work();
        }
        catch (OperationCanceledException) when (_disposing.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw DisposedException();
        }
        finally
        {
            lock (_lock)
            {
                _computingThread = null;
                if (_disposed)
                    DisposeModels();
            }
        }
    }

    /// <summary>
    /// Stops the current computation and disposes the models. Returns after the computation has stopped, unless the computing thread itself calls this from a
    /// progress callback.
    /// </summary>
    public void Dispose() => StopAsync().GetAwaiter().GetResult();

    /// <summary>Does what <see cref="Dispose"/> does, but waits without blocking a thread.</summary>
    public ValueTask DisposeAsync() => new(StopAsync());

    private Task StopAsync()
    {
        Thread? computing;
        lock (_lock)
        {
            computing = _computingThread;
            if (!_disposed && computing is null)
                DisposeModels();
            _disposed = true;
        }

        _disposing.Cancel();
        return computing == Thread.CurrentThread ? Task.CompletedTask : _modelsDisposed.Task;
    }

    private void DisposeModels()
    {
        models.Dispose();
        _modelsDisposed.TrySetResult();
    }

    private static ObjectDisposedException DisposedException() => new(nameof(WanPipeline), "The pipeline was disposed; its generation has stopped.");
}
