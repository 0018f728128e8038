namespace Kinema.Wan.Engine;

/// <summary>The pipeline of the engine's checkpoint: loaded for the first request, and again where a request chooses other LoRAs, or another engine took its place.</summary>
/// <param name="options">What to load.</param>
/// <param name="weights">Bytes of its weights on the device.</param>
/// <param name="device">What it shares with other engines.</param>
internal sealed class LoadedPipeline(WanEngineOptions options, long weights, SharedDevice device) : IAsyncDisposable
{
    private WanPipeline? _pipeline;
    private string[] _loras = [];

    /// <summary>Whether the weights are loaded.</summary>
    public bool IsLoaded => _pipeline is not null;

    /// <summary>Bytes of the weights on the device, if they are loaded.</summary>
    public long Weights => weights;

    /// <summary>Returns the pipeline with these optional LoRAs, and whether it had to be loaded. Only the engine whose turn it is calls this.</summary>
    /// <param name="loras">The names of optional LoRAs, in order.</param>
    /// <param name="progress">Receives the number of bytes loaded.</param>
    /// <param name="ct">Cancels loading.</param>
    public async Task<(WanPipeline Pipeline, bool WasLoaded)> GetAsync(IReadOnlyList<string> loras, IProgress<LoadProgress> progress, CancellationToken ct)
    {
        if (_pipeline is not null && _loras.SequenceEqual(loras))
        {
            device.Use(this);
            return (_pipeline, false);
        }

        await UnloadAsync();
        var room = await device.MakeRoomAsync(weights);
        var model = options.Model with
        {
            Loras = [.. options.Model.Loras, .. loras.Select(name => options.OptionalLoras[name])],
            MemoryBudget = room ?? options.Model.MemoryBudget,
        };
        _pipeline = await WanPipeline.LoadAsync(options.Files, model, progress, ct);
        _loras = [.. loras];
        device.Use(this);
        return (_pipeline, true);
    }

    /// <summary>Releases the weights.</summary>
    public async Task UnloadAsync()
    {
        device.Forget(this);
        if (_pipeline is { } loaded)
        {
            _pipeline = null;
            await loaded.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await UnloadAsync();
}
