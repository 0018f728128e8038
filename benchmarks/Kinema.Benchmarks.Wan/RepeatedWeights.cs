using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Random weights of any model, created on request, with a variance that preserves the activations' scale.</summary>
/// <remarks>
/// Repeats the same four million values, because drawing takes longer than the measured work. Blocks share theirs, so that a model fits in little memory.
/// </remarks>
internal sealed class RepeatedWeights : IWeights, IDisposable
{
    private const int Drawn = 1 << 22;

    private readonly Dictionary<string, torch.Tensor> _tensors;
    private readonly torch.ScalarType _type;
    private readonly torch.Device _device;
    private readonly torch.Tensor _pool;
    private readonly string _prefix;

    public RepeatedWeights(torch.ScalarType type, torch.Device? device = null)
        : this([], type, device ?? torch.CPU, torch.randn(Drawn).DetachFromDisposeScope(), "")
    {
    }

    private RepeatedWeights(Dictionary<string, torch.Tensor> tensors, torch.ScalarType type, torch.Device device, torch.Tensor pool, string prefix) =>
        (_tensors, _type, _device, _pool, _prefix) = (tensors, type, device, pool, prefix);

    public bool Has(string name) => true;

    public torch.Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        if (_tensors.TryGetValue(_prefix + name, out var known))
            return known;

        var sizes = shape.ToArray();
        var inputs = Math.Max(1, sizes.Skip(1).Aggregate(1L, (product, size) => product * size));
        var count = sizes.Aggregate(1L, (product, size) => product * size);
        using var scope = torch.NewDisposeScope();
        var scaled = _pool.div(Math.Sqrt(inputs)).to(_type, _device);
        return _tensors[_prefix + name] = scaled.repeat((count + Drawn - 1) / Drawn).narrow(0, 0, count).view(sizes).contiguous().DetachFromDisposeScope();
    }

    public torch.Tensor Derive(string name, Func<torch.Tensor> derive) =>
        _tensors.TryGetValue(_prefix + name, out var known) ? known : _tensors[_prefix + name] = derive().DetachFromDisposeScope();

    public RepeatedWeights At(string prefix) => new(
        _tensors, _type, _device, _pool, _prefix + (prefix.StartsWith("blocks.", StringComparison.Ordinal) ? "blocks.0." : prefix));

    IWeights IWeights.At(string prefix) => At(prefix);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _tensors.Clear();
        _pool.Dispose();
    }
}
