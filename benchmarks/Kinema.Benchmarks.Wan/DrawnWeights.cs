using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Weights of any model, drawn when they are asked for, with a variance that keeps the size of what passes through.</summary>
internal sealed class DrawnWeights : IWeights, IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _tensors;
    private readonly torch.ScalarType _type;
    private readonly string _prefix;

    public DrawnWeights(torch.ScalarType type)
        : this([], type, "")
    {
    }

    private DrawnWeights(Dictionary<string, torch.Tensor> tensors, torch.ScalarType type, string prefix) =>
        (_tensors, _type, _prefix) = (tensors, type, prefix);

    public bool Has(string name) => true;

    public torch.Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        if (_tensors.TryGetValue(_prefix + name, out var known))
            return known;

        var inputs = Math.Max(1, shape.ToArray().Skip(1).Aggregate(1L, (product, size) => product * size));
        using var scope = torch.NewDisposeScope();
        return _tensors[_prefix + name] = torch.randn(shape).div_(Math.Sqrt(inputs)).to_type(_type).DetachFromDisposeScope();
    }

    public IWeights At(string prefix) => new DrawnWeights(_tensors, _type, _prefix + prefix);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _tensors.Clear();
    }
}
