using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Vae;

/// <summary>Weights of any model, drawn when they are asked for.</summary>
internal sealed class RandomWeights : IWeights, IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _tensors;
    private readonly torch.Generator _generator;
    private readonly string _prefix;

    public RandomWeights()
        : this([], new torch.Generator(1), "")
    {
    }

    private RandomWeights(Dictionary<string, torch.Tensor> tensors, torch.Generator generator, string prefix) =>
        (_tensors, _generator, _prefix) = (tensors, generator, prefix);

    public bool Has(string name) => true;

    public torch.Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        if (_tensors.TryGetValue(_prefix + name, out var known))
            return known;

        // A variance that keeps the size of what passes through.
        var inputs = Math.Max(1, shape.ToArray().Skip(1).Aggregate(1L, (product, size) => product * size));
        using var scope = torch.NewDisposeScope();
        return _tensors[_prefix + name] = torch.randn(shape, generator: _generator).div_(Math.Sqrt(inputs)).DetachFromDisposeScope();
    }

    public IWeights At(string prefix) => new RandomWeights(_tensors, _generator, _prefix + prefix);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _tensors.Clear();
        _generator.Dispose();
    }
}
