using Kinema.Wan.Checkpoints.Matrices;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>
/// Weights with shapes but without numbers. Building a model from them requests every tensor, so missing and misshapen ones are found before gigabytes are
/// read.
/// </summary>
internal sealed class ShapeValidator : IWeights
{
    private static readonly torch.Device _nowhere = new("meta");

    private readonly TensorSet _set;
    private readonly HashSet<string> _requested;
    private readonly HashSet<string> _matrices;
    private readonly string _prefix;

    private ShapeValidator(TensorSet set, HashSet<string> requested, HashSet<string> matrices, string prefix) =>
        (_set, _requested, _matrices, _prefix) = (set, requested, matrices, prefix);

    /// <summary>Builds a model from shapes alone.</summary>
    /// <returns>The tensors that it did not request.</returns>
    /// <exception cref="CheckpointException">A tensor is missing or has another shape; the message names file and tensor.</exception>
    public static IEnumerable<string> Run(TensorSet set, Func<IWeights, object> build)
    {
        var requested = new HashSet<string>(StringComparer.Ordinal);
        Build(set, build, requested, []);
        return set.Tensors.Keys.Except(requested, StringComparer.Ordinal);
    }

    /// <summary>Returns the names of the tensors that a model takes as matrices, which may stay packed.</summary>
    /// <exception cref="CheckpointException">A tensor is missing or has another shape; the message names file and tensor.</exception>
    public static IReadOnlySet<string> MatricesOf(TensorSet set, Func<IWeights, object> build)
    {
        var matrices = new HashSet<string>(StringComparer.Ordinal);
        Build(set, build, [], matrices);
        return matrices;
    }

    public bool Has(string name) => _set.Tensors.ContainsKey(_prefix + name);

    public torch.Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        var full = _prefix + name;
        if (!_set.Tensors.TryGetValue(full, out var stored))
            throw Weights.Missing(_set.Source, full, shape);
        if (!shape.SequenceEqual(stored.Entry.Shape))
            throw Weights.Misshapen(stored.File.Path, stored.Entry.Name, stored.Entry.Shape, shape);

        _requested.Add(full);
        return torch.empty(shape, device: _nowhere);
    }

    public IMatrix Matrix(string name, long outputs, long inputs)
    {
        var numbers = Get(name, outputs, inputs);
        _matrices.Add(_prefix + name);
        return new WidenedMatrix(numbers);
    }

    public torch.Tensor Derive(string name, Func<torch.Tensor> derive) => derive();

    public IWeights At(string prefix) => new ShapeValidator(_set, _requested, _matrices, _prefix + prefix);

    private static void Build(TensorSet set, Func<IWeights, object> build, HashSet<string> requested, HashSet<string> matrices)
    {
        using var scope = torch.NewDisposeScope();
        (build(new ShapeValidator(set, requested, matrices, "")) as IDisposable)?.Dispose();
    }
}
