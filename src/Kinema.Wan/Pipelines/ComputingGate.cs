namespace Kinema.Wan.Pipelines;

/// <summary>Who may compute with a pipeline's models: one generation at a time, and nobody once the pipeline is being disposed.</summary>
/// <remarks>
/// A generation has its turn until its enumeration ends, but computes only now and then: between frames it waits for whoever takes them. So closing
/// waits for what is being computed, never for a turn to end; the generation finds the gate closed when it wants to compute again.
/// </remarks>
internal sealed class ComputingGate(IDisposable models) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _released = new();
    private Thread? _computing;
    private bool _closed;

    /// <summary>Waits for the turn of a generation. It ends with <see cref="EndTurn"/>.</summary>
    /// <exception cref="ObjectDisposedException">The pipeline is disposed, before or meanwhile.</exception>
    public async Task TakeTurnAsync(CancellationToken ct)
    {
        using var stop = StopWith(ct);
        try
        {
            await _turn.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Disposed();
        }
    }

    public void EndTurn() => _turn.Release();

    /// <summary>Stops when this is closed, too.</summary>
    public CancellationTokenSource StopWith(CancellationToken ct) => CancellationTokenSource.CreateLinkedTokenSource(ct, _closing.Token);

    /// <summary>Computes, while the models are there.</summary>
    /// <param name="work">Stops soon when a token of <see cref="StopWith"/> says so.</param>
    /// <param name="ct">The caller's own token.</param>
    /// <exception cref="ObjectDisposedException">The pipeline is disposed, before or meanwhile.</exception>
    public T Compute<T>(Func<T> work, CancellationToken ct)
    {
        lock (_lock)
        {
            if (_closed)
                throw Disposed();
            _computing = Thread.CurrentThread;
        }

        try
        {
            return work();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw Disposed();
        }
        finally
        {
            lock (_lock)
            {
                _computing = null;
                if (_closed)
                    Release();
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
            computing = _computing;
            if (!_closed && computing is null)
                Release();
            _closed = true;
        }

        _closing.Cancel();
        if (computing != Thread.CurrentThread)
            _released.Wait();
    }

    private void Release()
    {
        models.Dispose();
        _released.Set();
    }

    private static ObjectDisposedException Disposed() => new(nameof(WanPipeline), "The pipeline was disposed; what it was generating has stopped.");
}
