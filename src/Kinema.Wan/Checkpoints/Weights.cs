using Kinema.Wan.Checkpoints.Loras;
using Kinema.Wan.Checkpoints.Matrices;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>The loaded weights of one model. Disposing them disposes every tensor they returned.</summary>
internal sealed class Weights : IWeights, IDisposable
{
    private readonly string _source;
    private readonly Dictionary<string, torch.Tensor> _tensors;
    private readonly Dictionary<string, torch.Tensor> _derived = [];

    private readonly PackedWeights? _packed;

    internal Weights(string source, Dictionary<string, torch.Tensor> tensors, IReadOnlyList<LoraReport> loras, PackedWeights? packed = null)
    {
        _packed = packed;
        Loras = loras;
        _source = source;
        _tensors = tensors;
    }

    public IReadOnlyCollection<string> Names => [.. _tensors.Keys, .. Packed];

    /// <summary>The matrices that stay packed as their files store them.</summary>
    public IReadOnlyCollection<string> Packed => _packed?.Names ?? [];

    /// <summary>Reports of the merged LoRAs.</summary>
    public IReadOnlyList<LoraReport> Loras { get; }

    /// <summary>Opens and loads a model.</summary>
    /// <param name="path">A safetensors file, an index of shards, or a folder of the Diffusers layout.</param>
    /// <param name="precision">The types to load as.</param>
    /// <param name="device">The target device.</param>
    /// <param name="progress">Receives the number of bytes read, at least once for each 16 MB.</param>
    /// <param name="ct">Checked as often.</param>
    public static Weights Load(
        string path, Precision precision, torch.Device device, IProgress<LoadProgress>? progress = null, CancellationToken ct = default) =>
        Load(path, precision, device, [], progress, ct);

    /// <summary>Opens and loads a model, and merges LoRAs.</summary>
    /// <param name="path">A safetensors file, an index of shards, or a folder of the Diffusers layout.</param>
    /// <param name="precision">The types to load as.</param>
    /// <param name="device">The target device.</param>
    /// <param name="loras">LoRAs to merge during loading; <see cref="Loras"/> reports the results.</param>
    /// <param name="progress">Receives the number of bytes read, at least once for each 16 MB.</param>
    /// <param name="ct">Checked as often.</param>
    public static Weights Load(
        string path,
        Precision precision,
        torch.Device device,
        IReadOnlyList<LoraFile> loras,
        IProgress<LoadProgress>? progress = null,
        CancellationToken ct = default)
    {
        using var set = TensorSet.Open(path);
        return Load(set, precision, device, loras, progress, ct);
    }

    /// <summary>Loads an open model with LoRAs.</summary>
    /// <param name="set">The open model.</param>
    /// <param name="precision">The types to load as.</param>
    /// <param name="device">The target device.</param>
    /// <param name="loras">LoRAs; <see cref="Loras"/> reports the results.</param>
    /// <param name="progress">Receives the number of bytes read, at least once for each 16 MB.</param>
    /// <param name="ct">Checked as often.</param>
    /// <param name="packed">The matrices that stay packed where their type allows; null for none. LoRAs on them are products of their own.</param>
    public static Weights Load(
        TensorSet set, Precision precision, torch.Device device, IReadOnlyList<LoraFile> loras, IProgress<LoadProgress>? progress, CancellationToken ct,
        IReadOnlySet<string>? packed = null)
    {
        using var matched = LoraSet.Open(loras, set);
        return new WeightLoader(precision, device, progress, matched, packed).Load(set, ct);
    }

    public bool Has(string name) => _tensors.ContainsKey(name) || _packed?.Find(name) is not null;

    public torch.Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        if (!_tensors.TryGetValue(name, out var tensor))
            throw _packed?.Find(name) is not null ? new InvalidOperationException($"\"{name}\" is packed; it can be taken as a matrix only.") : Missing(_source, name, shape);
        return shape.SequenceEqual(tensor.shape) ? tensor : throw Misshapen(_source, name, tensor.shape, shape);
    }

    public IMatrix Matrix(string name, long outputs, long inputs)
    {
        if (_packed?.Find(name) is not { } packed)
            return new WidenedMatrix(Get(name, outputs, inputs));
        ReadOnlySpan<long> shape = [outputs, inputs];
        return shape.SequenceEqual(packed.Shape) ? packed : throw Misshapen(_source, name, packed.Shape, shape);
    }

    internal static CheckpointException Missing(string source, string name, ReadOnlySpan<long> expected) =>
        new($"{source} lacks tensor \"{name}\" of shape {Text(expected)}.");

    internal static CheckpointException Misshapen(string source, string name, ReadOnlySpan<long> shape, ReadOnlySpan<long> expected) =>
        new($"{source}: tensor \"{name}\" has shape {Text(shape)}; the model's configuration asks for {Text(expected)}.");

    /// <summary>Returns a tensor of any shape, for inspection.</summary>
    public torch.Tensor Peek(string name) => _tensors[name];

    public torch.Tensor Derive(string name, Func<torch.Tensor> derive) =>
        _derived.TryGetValue(name, out var known) ? known : _derived[name] = derive().DetachFromDisposeScope();

    public IWeights At(string prefix) => new PrefixedWeights(this, prefix);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values.Concat(_derived.Values))
            tensor.Dispose();
        _tensors.Clear();
        _derived.Clear();
        _packed?.Dispose();
    }

    private static string Text(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    private sealed class PrefixedWeights(Weights whole, string prefix) : IWeights
    {
        public bool Has(string name) => whole.Has(prefix + name);

        public torch.Tensor Get(string name, params ReadOnlySpan<long> shape) => whole.Get(prefix + name, shape);

        public IMatrix Matrix(string name, long outputs, long inputs) => whole.Matrix(prefix + name, outputs, inputs);

        public torch.Tensor Derive(string name, Func<torch.Tensor> derive) => whole.Derive(prefix + name, derive);

        public IWeights At(string further) => new PrefixedWeights(whole, prefix + further);
    }
}
