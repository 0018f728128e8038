using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Wan.Engine;

/// <summary>The Wan engines of this process. The container releases their weights through it, whatever stands before the engines.</summary>
internal sealed class WanEngines : IAsyncDisposable
{
    private readonly WanEngine[] _engines;
    private readonly SharedDevice _device;

    /// <exception cref="WanException">A checkpoint is incomplete or damaged.</exception>
    /// <exception cref="ArgumentException">Two engines have one id.</exception>
    public WanEngines(IReadOnlyList<WanEngineOptions> options, IImageReader images, IPosterMaker jpeg)
    {
        var checkpoints = options.Select(option => (Options: option, Checkpoint: WanCheckpoint.Inspect(option.Files, option.Model))).ToList();
        // With one engine the library measures for itself, anew at each loading.
        _device = new(options.Count > 1 ? BudgetOf(checkpoints) : null);
        _engines = [.. checkpoints.Select(c => new WanEngine(c.Options, c.Checkpoint, images, jpeg, _device))];
        if (_engines.GroupBy(engine => engine.Descriptor.Id).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"Two checkpoints have the engine id {twice.Key}; give each an id of its own with --engine-id, in the order of the checkpoints.");
    }

    public IReadOnlyList<IVideoEngine> All => _engines;

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
            await engine.DisposeAsync();
        _device.Dispose();
    }

    /// <summary>
    /// What the operator set, else what is free before anything is loaded, less what the model with the largest activations needs. It is measured once: libtorch keeps
    /// freed memory for itself, so that a device never looks free again.
    /// </summary>
    private static long? BudgetOf(IReadOnlyList<(WanEngineOptions Options, WanCheckpoint Checkpoint)> checkpoints) =>
        checkpoints.Min(c => c.Options.Model.MemoryBudget) ?? checkpoints.Min(c => c.Checkpoint.OffloadPlan is { FreeBytes: { } free } plan ? Math.Max(0, free - plan.ReserveBytes) : (long?)null);
}
