namespace Kinema.Wan.Engine;

/// <summary>
/// What the engines of one process share: one of them computes at a time, and weights that were used longest ago make room for others.
/// </summary>
/// <param name="budget">Most bytes of weights of all engines; null for no limit.</param>
internal sealed class SharedDevice(long? budget) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Those with weights on the device, the least recently used first. Only the engine whose turn it is touches it.</summary>
    private readonly List<LoadedPipeline> _loaded = [];

    /// <summary>Waits for the turn. Disposing the result ends it.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        return new Turn(_turn);
    }

    /// <summary>Notes that an engine uses its weights now.</summary>
    public void Use(LoadedPipeline pipeline)
    {
        _loaded.Remove(pipeline);
        _loaded.Add(pipeline);
    }

    /// <summary>Notes that the weights of an engine are gone.</summary>
    public void Forget(LoadedPipeline pipeline) => _loaded.Remove(pipeline);

    /// <summary>Releases weights of others until these fit beside the rest, or nothing is left.</summary>
    /// <param name="weights">Bytes of the weights to load.</param>
    /// <returns>The bytes that they may take; null for no limit.</returns>
    public async Task<long?> MakeRoomAsync(long weights)
    {
        if (budget is not { } most)
            return null;

        while (_loaded.Count > 0 && Taken() + weights > most)
            await _loaded[0].UnloadAsync();
        return most - Taken();

        long Taken() => _loaded.Sum(pipeline => pipeline.Weights);
    }

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        private SemaphoreSlim? _turn = turn;

        public void Dispose() => Interlocked.Exchange(ref _turn, null)?.Release();
    }
}
