using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Loras;
using Kinema.Wan.ImageEncoder;
using Kinema.Wan.Text;
using Kinema.Wan.Transformer;
using Kinema.Wan.Vae;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines;

/// <summary>The models of a checkpoint, loaded when they are asked for and kept while there is room.</summary>
/// <remarks>
/// Without a budget nothing ever leaves. With one, the parts unused for longest are released before a part is loaded, and read again from their
/// files, which the system usually still has in memory, when they are needed again. A part that is larger than the budget is loaded alone.
/// A model that was handed out is valid until another one is asked for.
/// </remarks>
internal sealed partial class PartStore(Checkpoint checkpoint, Device device, ScalarType type, WanOptions options, ILogger logger) : IDisposable
{
    private readonly Dictionary<PartName, Part> _loaded = [];
    private long _uses;

    public Device Device => device;

    /// <summary>Parts that are on the device now.</summary>
    public IReadOnlyCollection<PartName> Loaded => _loaded.Keys;

    public TextEncoder TextEncoder(CancellationToken ct) => (TextEncoder)Use(PartName.TextEncoder, ct);

    public ClipImageEncoder ImageEncoder(CancellationToken ct) => (ClipImageEncoder)Use(PartName.ImageEncoder, ct);

    public WanVae Vae(CancellationToken ct) => (WanVae)Use(PartName.Vae, ct);

    public WanTransformer Transformer(PartName part, CancellationToken ct) => (WanTransformer)Use(part, ct);

    /// <summary>Loads every part, or with a budget those that fit into it together.</summary>
    public void LoadWhatFits(IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        var sizes = checkpoint.Parts.Select(part => (Part: part, Bytes: SizeOf(part))).ToList();
        var fitting = new List<PartName>();
        var room = options.MemoryBudget ?? long.MaxValue;
        foreach (var (part, bytes) in sizes)
        {
            if (bytes > room)
                continue;

            room -= bytes;
            fitting.Add(part);
        }

        LogPolicy(fitting.Count == sizes.Count ? "all parts stay" : "parts are moved in and out", sizes.Sum(size => size.Bytes), options.MemoryBudget);

        var total = fitting.Sum(StoredBytesOf);
        long done = 0;
        foreach (var part in fitting)
        {
            var before = done;
            Use(part, ct, progress is null ? null : new Forward(read => progress.Report(new(before + read.BytesDone, total))));
            done += StoredBytesOf(part);
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
        if (options.MemoryBudget is not { } budget)
            return;

        var needed = SizeOf(name);
        while (_loaded.Count > 0 && _loaded.Values.Sum(part => part.Bytes) + needed > budget)
        {
            var oldest = _loaded.MinBy(entry => entry.Value.LastUse);
            LogReleased(oldest.Key, oldest.Value.Bytes);
            oldest.Value.Dispose();
            _loaded.Remove(oldest.Key);
        }
    }

    private Part Load(PartName name, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        using var set = checkpoint.Open(name);
        var weights = Weights.Load(set, PrecisionOf(name), device, LorasOf(name), progress, ct);
        try
        {
            var size = SizeOf(name);
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

    /// <summary>Those for this transformer; text encoder, CLIP and VAE take none.</summary>
    private IReadOnlyList<LoraFile> LorasOf(PartName name) => name switch
    {
        PartName.Transformer => [.. options.Loras.Where(lora => lora.Experts.HasFlag(LoraExperts.HighNoise))],
        PartName.Transformer2 => [.. options.Loras.Where(lora => lora.Experts.HasFlag(LoraExperts.LowNoise))],
        _ => [],
    };

    private Precision PrecisionOf(PartName name) => name switch
    {
        PartName.Transformer or PartName.Transformer2 => new(type, WanTransformer.Float32Parts),
        PartName.TextEncoder => new(type),
        _ => new(ScalarType.Float32),
    };

    /// <summary>Bytes on the device.</summary>
    private long SizeOf(PartName name)
    {
        var precision = PrecisionOf(name);
        using var set = checkpoint.Open(name);
        return set.Tensors.Values.Sum(stored => stored.Entry.Length / stored.Entry.Type.Size() * WidthOf(precision.For(stored)));
    }

    private static int WidthOf(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.BFloat16 or ScalarType.Float16 or ScalarType.Int16 => 2,
        _ => 1,
    };

    private long StoredBytesOf(PartName name)
    {
        using var set = checkpoint.Open(name);
        return set.Tensors.Values.Sum(stored => stored.Entry.Length);
    }

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
