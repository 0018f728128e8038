using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Pipelines.Offloading;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The components of a checkpoint, loaded on first use and cached while there is memory.</summary>
/// <remarks>
/// If all components fit, none is ever released. Otherwise the least recently used ones are released before another is loaded. A released component is read
/// again from its files, which the system usually still caches. A component larger than the budget is loaded alone. A returned model is valid until another
/// one is requested.
/// </remarks>
internal sealed partial class ComponentCache(
    Checkpoint checkpoint, Device device, ScalarType type, WanOptions options, ILogger logger, IFreeMemory memory) : IDisposable
{
    private readonly ComponentSizes _sizes = new(checkpoint, device, type, options.Loras);
    private readonly Dictionary<ComponentName, Component> _loaded = [];
    private WanOffloadPlan? _offloadPlan;
    private long _uses;

    public Device Device => device;

    /// <summary>The limit of the weights on the device, chosen on first use.</summary>
    public WanOffloadPlan OffloadPlan => _offloadPlan ??= OffloadPlanner.Choose(
        _sizes.All, options.Resident, options.MemoryBudget, () => memory.BytesOf(device), ActivationReserve.BytesFor(checkpoint, type, options.VaeTiling));

    /// <summary>The components on the device.</summary>
    public IReadOnlyCollection<ComponentName> Loaded => _loaded.Keys;

    public TextEncoder TextEncoder(CancellationToken ct) => (TextEncoder)GetOrLoad(ComponentName.TextEncoder, ct);

    public ClipImageEncoder ImageEncoder(CancellationToken ct) => (ClipImageEncoder)GetOrLoad(ComponentName.ImageEncoder, ct);

    public WanVae Vae(CancellationToken ct) => (WanVae)GetOrLoad(ComponentName.Vae, ct);

    public WanTransformer Transformer(ComponentName component, CancellationToken ct) => (WanTransformer)GetOrLoad(component, ct);

    /// <summary>Loads every component, or those that fit together.</summary>
    public void LoadWhatFits(IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        LogOffloadPlan();
        var fitting = new List<ComponentName>();
        var room = OffloadPlan.BudgetBytes ?? long.MaxValue;
        foreach (var component in checkpoint.Components.Where(component => SizeOf(component).OnDevice <= room))
        {
            room -= SizeOf(component).OnDevice;
            fitting.Add(component);
        }

        var total = fitting.Sum(component => SizeOf(component).Stored);
        long done = 0;
        foreach (var component in fitting)
        {
            var before = done;
            GetOrLoad(component, ct, progress is null ? null : new ProgressCallback(read => progress.Report(new(before + read.BytesDone, total))));
            done += SizeOf(component).Stored;
        }
    }

    public void Dispose()
    {
        foreach (var component in _loaded.Values)
            component.Dispose();
        _loaded.Clear();
    }

    private object GetOrLoad(ComponentName name, CancellationToken ct, IProgress<LoadProgress>? progress = null)
    {
        if (!_loaded.TryGetValue(name, out var component))
        {
            EvictFor(name);
            component = Load(name, progress, ct);
            _loaded[name] = component;
        }

        component.LastUse = ++_uses;
        return component.Model;
    }

    private void EvictFor(ComponentName name)
    {
        if (OffloadPlan.BudgetBytes is not { } budget)
            return;

        var needed = SizeOf(name).OnDevice;
        while (_loaded.Values.Sum(component => component.Bytes) is > 0 and var taken && taken + needed > budget)
        {
            // A mapped component uses no device memory, so releasing it would free nothing.
            var oldest = _loaded.Where(entry => entry.Value.Bytes > 0).MinBy(entry => entry.Value.LastUse);
            LogReleased(oldest.Key, oldest.Value.Bytes);
            oldest.Value.Dispose();
            _loaded.Remove(oldest.Key);
        }
    }

    private Component Load(ComponentName name, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        using var set = checkpoint.Open(name);
        var packed = OffloadPlan.Resident == WanResident.AsStored ? ComponentBuilder.MatricesOf(checkpoint, name, set) : null;
        var weights = Weights.Load(set, _sizes.PrecisionOf(name), device, _sizes.LorasOf(name), progress, ct, packed);
        try
        {
            var size = SizeOf(name).OnDevice;
            var model = ComponentBuilder.Build(checkpoint, name, weights, options.VaeTiling);
            LogLoaded(name, size);
            return new(weights, model, size);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private ComponentSize SizeOf(ComponentName name) => _sizes.Of(name, OffloadPlan.Resident);

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
