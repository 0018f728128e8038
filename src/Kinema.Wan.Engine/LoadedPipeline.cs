namespace Kinema.Wan.Engine;

/// <summary>The pipeline of the engine's checkpoint: loaded for the first request, and again where a request chooses other LoRAs.</summary>
internal sealed class LoadedPipeline(WanEngineOptions options) : IAsyncDisposable
{
    private WanPipeline? _pipeline;
    private string[] _loras = [];

    /// <summary>Whether the weights are loaded.</summary>
    public bool IsLoaded => _pipeline is not null;

    /// <summary>Returns the pipeline with these optional LoRAs, and whether it had to be loaded. Only one caller at a time.</summary>
    /// <param name="loras">The names of optional LoRAs, in order.</param>
    /// <param name="progress">Receives the number of bytes loaded.</param>
    /// <param name="ct">Cancels loading.</param>
    public async Task<(WanPipeline Pipeline, bool WasLoaded)> GetAsync(IReadOnlyList<string> loras, IProgress<LoadProgress> progress, CancellationToken ct)
    {
        if (_pipeline is not null && _loras.SequenceEqual(loras))
            return (_pipeline, false);

        await UnloadAsync();
        var model = options.Model with { Loras = [.. options.Model.Loras, .. loras.Select(name => options.OptionalLoras[name])] };
        _pipeline = await WanPipeline.LoadAsync(options.Files, model, progress, ct);
        _loras = [.. loras];
        return (_pipeline, true);
    }

    /// <summary>Releases the weights.</summary>
    public async Task UnloadAsync()
    {
        if (_pipeline is { } loaded)
        {
            _pipeline = null;
            await loaded.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await UnloadAsync();
}
