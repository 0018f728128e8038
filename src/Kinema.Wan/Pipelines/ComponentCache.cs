using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The models of a checkpoint, loaded when they are asked for and kept while there is room.</summary>
/// <remarks>
/// Where all components fit nothing ever leaves. Where they do not, the components unused for longest are released before a component is loaded, and read again from their
/// files, which the system usually still has in memory, when they are needed again. A component that is larger than the budget is loaded alone.
/// A model that was handed out is valid until another one is asked for.
/// </remarks>
internal sealed partial class ComponentCache(
    Checkpoint checkpoint, Device device, ScalarType type, WanOptions options, ILogger logger, IFreeMemory memory) : IDisposable
{
    private readonly ComponentSizes _sizes = new(checkpoint, device, type, options.Loras);
    private readonly Dictionary<ComponentName, Component> _loaded = [];
    private WanOffloadPlan? _offloadPlan;
    private long _uses;

    public Device Device => device;

    /// <summary>What may be on the device at once, chosen when it is first asked for.</summary>
    public WanOffloadPlan OffloadPlan => _offloadPlan ??= OffloadPlanner.Choose(
        [.. checkpoint.Parts.Select(_sizes.Of)], options.MemoryBudget, () => memory.BytesOf(device), ActivationReserve.BytesFor(checkpoint, type, options.VaeTiling));

    /// <summary>Parts that are on the device now.</summary>
    public IReadOnlyCollection<ComponentName> Loaded => _loaded.Keys;

    public TextEncoder TextEncoder(CancellationToken ct) => (TextEncoder)Use(ComponentName.TextEncoder, ct);

    public ClipImageEncoder ImageEncoder(CancellationToken ct) => (ClipImageEncoder)Use(ComponentName.ImageEncoder, ct);

    public WanVae Vae(CancellationToken ct) => (WanVae)Use(ComponentName.Vae, ct);

    public WanTransformer Transformer(ComponentName component, CancellationToken ct) => (WanTransformer)Use(component, ct);

    /// <summary>Loads every component, or those that fit together.</summary>
    public void LoadWhatFits(IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        LogOffloadPlan();
        var fitting = new List<ComponentName>();
        var room = OffloadPlan.BudgetBytes ?? long.MaxValue;
        foreach (var component in checkpoint.Parts.Where(component => _sizes.Of(component).OnDevice <= room))
        {
            room -= _sizes.Of(component).OnDevice;
            fitting.Add(component);
        }

        var total = fitting.Sum(component => _sizes.Of(component).Stored);
        long done = 0;
        foreach (var component in fitting)
        {
            var before = done;
            Use(component, ct, progress is null ? null : new ProgressCallback(read => progress.Report(new(before + read.BytesDone, total))));
            done += _sizes.Of(component).Stored;
        }
    }

    public void Dispose()
    {
        foreach (var component in _loaded.Values)
            component.Dispose();
        _loaded.Clear();
    }

    private object Use(ComponentName name, CancellationToken ct, IProgress<LoadProgress>? progress = null)
    {
        if (!_loaded.TryGetValue(name, out var component))
        {
            MakeRoomFor(name);
            component = Load(name, progress, ct);
            _loaded[name] = component;
        }

        component.LastUse = ++_uses;
        return component.Model;
    }

    private void MakeRoomFor(ComponentName name)
    {
        if (OffloadPlan.BudgetBytes is not { } budget)
            return;

        var needed = _sizes.Of(name).OnDevice;
        while (_loaded.Values.Sum(component => component.Bytes) is > 0 and var taken && taken + needed > budget)
        {
            // What stays in the map takes nothing, so letting it go would win nothing.
            var oldest = _loaded.Where(entry => entry.Value.Bytes > 0).MinBy(entry => entry.Value.LastUse);
            LogReleased(oldest.Key, oldest.Value.Bytes);
            oldest.Value.Dispose();
            _loaded.Remove(oldest.Key);
        }
    }

    private Component Load(ComponentName name, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        using var set = checkpoint.Open(name);
        var weights = Weights.Load(set, _sizes.PrecisionOf(name), device, _sizes.LorasOf(name), progress, ct);
        try
        {
            var size = _sizes.Of(name).OnDevice;
            var model = Build(name, weights);
            LogLoaded(name, size);
            return new(weights, model, size);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private object Build(ComponentName name, IWeights weights) => name switch
    {
        ComponentName.TextEncoder => new TextEncoder(checkpoint.Text, weights),
        ComponentName.ImageEncoder => new ClipImageEncoder(weights, checkpoint.Clip!),
        ComponentName.Vae => new WanVae(weights, checkpoint.Vae) { Tiling = options.VaeTiling ? new VaeTileSizes() : null },
        _ => new WanTransformer(checkpoint.Transformer, weights),
    };

    private sealed class Component(Weights weights, object model, long bytes) : IDisposable
    {
        public object Model => model;

        public long Bytes => bytes;

        public long LastUse { get; set; }

        public void Dispose()
        {
            (model as IDisposable)?.Dispose();
            weights.Dispose();
        }
    }

    private sealed class ProgressCallback(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
