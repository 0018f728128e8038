using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Fixtures;

/// <summary>A file of expected numbers, as tensors by name in the types they are stored in. The tensors live as long as the file.</summary>
internal sealed class TensorFile : IDisposable
{
    private readonly WeightsFile _file;
    private readonly Dictionary<string, torch.Tensor> _tensors = [];

    private TensorFile(WeightsFile file) => _file = file;

    public IEnumerable<string> Names => _file.Tensors.Keys.Order(StringComparer.Ordinal);

    public torch.Tensor this[string name]
    {
        get
        {
            if (!_tensors.TryGetValue(name, out var tensor))
            {
                if (!_file.Tensors.TryGetValue(name, out var entry))
                    throw new KeyNotFoundException($"{_file.Path} has no {name}; it has {string.Join(", ", Names)}.");
                _tensors[name] = tensor = _file.View(entry).DetachFromDisposeScope();
            }

            return tensor;
        }
    }

    public static TensorFile Open(string path)
    {
        Compare.Opened(path);
        return new TensorFile(WeightsFile.Open(path));
    }

    public bool Has(string name) => _file.Tensors.ContainsKey(name);

    /// <summary>The parts of names before a suffix: the cases of a transformer file are <c>Cases(".sample")</c>.</summary>
    public IEnumerable<string> Cases(string suffix) => Names.Where(n => n.EndsWith(suffix, StringComparison.Ordinal)).Select(n => n[..^suffix.Length]);

    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _file.Dispose();
    }
}
