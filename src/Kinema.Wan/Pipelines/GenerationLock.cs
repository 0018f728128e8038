namespace Kinema.Wan.Pipelines;

/// <summary>Who may compute with a pipeline's models: one generation at a time, and nobody once the pipeline is being disposed.</summary>
/// <remarks>
/// A generation has its turn until its enumeration ends, but computes only now and then: between frames it waits for whoever takes them. So closing
/// waits for what is being computed, never for a turn to end; the generation finds the gate closed when it wants to compute again.
/// </remarks>
internal sealed class GenerationLock(IDisposable models) : IDisposable
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private readonly CancellationTokenSource _disposing = new();
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _modelsDisposed = new();
    private Thread? _computingThread;
    private bool _disposed;

    /// <summary>Waits for the turn of a generation. It ends with <see cref="Exit"/>.</summary>
    /// <exception cref="ObjectDisposedException">The pipeline is disposed, before or meanwhile.</exception>
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

    /// <summary>Stops when this is closed, too.</summary>
    public CancellationTokenSource CreateLinkedTokenSource(CancellationToken ct) => CancellationTokenSource.CreateLinkedTokenSource(ct, _disposing.Token);

    /// <summary>Computes, while the models are there.</summary>
    /// <param name="work">Stops soon when a token of <see cref="CreateLinkedTokenSource"/> says so.</param>
    /// <param name="ct">The caller's own token.</param>
    /// <exception cref="ObjectDisposedException">The pipeline is disposed, before or meanwhile.</exception>
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
    /// Stops what is being computed and releases the models: after it has stopped, and before this returns, except where it is the computing thread
    /// itself that calls, from within a report of progress.
    /// </summary>
    public void Dispose()
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
        if (computing != Thread.CurrentThread)
            _modelsDisposed.Wait();
    }

    private void DisposeModels()
    {
        models.Dispose();
        _modelsDisposed.Set();
    }

    private static ObjectDisposedException DisposedException() => new(nameof(WanPipeline), "The pipeline was disposed; what it was generating has stopped.");
}
