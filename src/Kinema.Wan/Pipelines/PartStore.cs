using Kinema.Wan.Checkpoints;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Pipelines.Residency;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The models of a checkpoint, loaded when they are asked for and kept while there is room.</summary>
/// <remarks>
/// Where all parts fit nothing ever leaves. Where they do not, the parts unused for longest are released before a part is loaded, and read again from their
/// files, which the system usually still has in memory, when they are needed again. A part that is larger than the budget is loaded alone.
/// A model that was handed out is valid until another one is asked for.
/// </remarks>
internal sealed partial class PartStore(
    Checkpoint checkpoint, Device device, ScalarType type, WanOptions options, ILogger logger, IFreeMemory memory) : IDisposable
{
    private readonly PartSizes _sizes = new(checkpoint, device, type, options.Loras);
    private readonly Dictionary<PartName, Part> _loaded = [];
    private WanResidency? _residency;
    private long _uses;

    public Device Device => device;

    /// <summary>What may be on the device at once, chosen when it is first asked for.</summary>
    public WanResidency Residency => _residency ??= ResidencyPlan.Choose(
        [.. checkpoint.Parts.Select(_sizes.Of)], options.MemoryBudget, () => memory.BytesOf(device), ActivationReserve.Of(checkpoint, type, options.TiledVae));

    /// <summary>Parts that are on the device now.</summary>
    public IReadOnlyCollection<PartName> Loaded => _loaded.Keys;

    public TextEncoder TextEncoder(CancellationToken ct) => (TextEncoder)Use(PartName.TextEncoder, ct);

    public ClipImageEncoder ImageEncoder(CancellationToken ct) => (ClipImageEncoder)Use(PartName.ImageEncoder, ct);

    public WanVae Vae(CancellationToken ct) => (WanVae)Use(PartName.Vae, ct);

    public WanTransformer Transformer(PartName part, CancellationToken ct) => (WanTransformer)Use(part, ct);

    /// <summary>Loads every part, or those that fit together.</summary>
    public void LoadWhatFits(IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        LogResidency();
        var fitting = new List<PartName>();
        var room = Residency.BudgetBytes ?? long.MaxValue;
        foreach (var part in checkpoint.Parts.Where(part => _sizes.Of(part).OnDevice <= room))
        {
            room -= _sizes.Of(part).OnDevice;
            fitting.Add(part);
        }

        var total = fitting.Sum(part => _sizes.Of(part).Stored);
        long done = 0;
        foreach (var part in fitting)
        {
            var before = done;
            Use(part, ct, progress is null ? null : new Forward(read => progress.Report(new(before + read.BytesDone, total))));
            done += _sizes.Of(part).Stored;
        }
    }

    public void Dispose()
    {
        foreach (var part in _loaded.Values)
            part.Dispose();
        _loaded.Clear();
    }

    private object Use(PartName name, CancellationToken ct, IProgress<LoadProgress>? progress = null)
    {
        if (!_loaded.TryGetValue(name, out var part))
        {
            MakeRoomFor(name);
            part = Load(name, progress, ct);
            _loaded[name] = part;
        }

        part.LastUse = ++_uses;
        return part.Model;
    }

    private void MakeRoomFor(PartName name)
    {
        if (Residency.BudgetBytes is not { } budget)
            return;

        var needed = _sizes.Of(name).OnDevice;
        while (_loaded.Values.Sum(part => part.Bytes) is > 0 and var taken && taken + needed > budget)
        {
            // What stays in the map takes nothing, so letting it go would win nothing.
            var oldest = _loaded.Where(entry => entry.Value.Bytes > 0).MinBy(entry => entry.Value.LastUse);
            LogReleased(oldest.Key, oldest.Value.Bytes);
            oldest.Value.Dispose();
            _loaded.Remove(oldest.Key);
        }
    }

    private Part Load(PartName name, IProgress<LoadProgress>? progress, CancellationToken ct)
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

    private object Build(PartName name, IWeights weights) => name switch
    {
        PartName.TextEncoder => new TextEncoder(checkpoint.Text, weights),
        PartName.ImageEncoder => new ClipImageEncoder(weights, checkpoint.Clip!),
        PartName.Vae => new WanVae(weights, checkpoint.Vae) { Tiling = options.TiledVae ? new VaeTiling() : null },
        _ => new WanTransformer(checkpoint.Transformer, weights),
    };

    private sealed class Part(Weights weights, object model, long bytes) : IDisposable
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

    private sealed class Forward(Action<LoadProgress> report) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => report(value);
    }
}
