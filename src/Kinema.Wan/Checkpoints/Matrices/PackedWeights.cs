using static TorchSharp.torch;

namespace Kinema.Wan.Checkpoints.Matrices;

/// <summary>The packed matrices of a model, and the buffer that they are widened into.</summary>
internal sealed class PackedWeights(ScalarType type, Device device) : IDisposable
{
    private readonly Dictionary<string, PackedMatrix> _matrices = new(StringComparer.Ordinal);

    /// <summary>Where they are widened.</summary>
    public WideningBuffer Buffer { get; } = new(type, device);

    public IReadOnlyCollection<string> Names => _matrices.Keys;

    public PackedMatrix? Find(string name) => _matrices.GetValueOrDefault(name);

    public void Add(string name, PackedMatrix matrix)
    {
        Buffer.Announce(matrix.Shape[0] * matrix.Shape[1]);
        _matrices.Add(name, matrix);
    }

    public void Dispose()
    {
        foreach (var matrix in _matrices.Values)
            matrix.Dispose();
        _matrices.Clear();
        Buffer.Dispose();
    }
}
