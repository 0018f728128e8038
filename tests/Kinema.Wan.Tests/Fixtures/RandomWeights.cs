using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Tests.Fixtures;

/// <summary>Random weights of any model, created on request, with a variance that preserves the activations' scale.</summary>
internal sealed class RandomWeights : IWeights, IDisposable
{
    private readonly Dictionary<string, Tensor> _tensors;
    private readonly Generator _generator;
    private readonly ScalarType _type;
    private readonly string _prefix;

    public RandomWeights(ScalarType type = ScalarType.Float32)
        : this([], new Generator(1), type, "")
    {
    }

    private RandomWeights(Dictionary<string, Tensor> tensors, Generator generator, ScalarType type, string prefix) =>
        (_tensors, _generator, _type, _prefix) = (tensors, generator, type, prefix);

    public bool Has(string name) => true;

    public Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        if (_tensors.TryGetValue(_prefix + name, out var known))
            return known;

        var inputs = Math.Max(1, shape.ToArray().Skip(1).Aggregate(1L, (product, size) => product * size));
        using var scope = NewDisposeScope();
        return _tensors[_prefix + name] = randn(shape, generator: _generator).div_(Math.Sqrt(inputs)).to_type(_type).DetachFromDisposeScope();
    }

    public Tensor Derive(string name, Func<Tensor> derive) =>
        _tensors.TryGetValue(_prefix + name, out var known) ? known : _tensors[_prefix + name] = derive().DetachFromDisposeScope();

    public IWeights At(string prefix) => new RandomWeights(_tensors, _generator, _type, _prefix + prefix);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _tensors.Clear();
        _generator.Dispose();
    }
}
