using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Weights of any model, without numbers; records the requested names and shapes.</summary>
internal sealed class ShapeRecorder : IWeights
{
    private readonly List<(string Name, long[] Shape)> _asked;
    private readonly string _prefix;

    private ShapeRecorder(List<(string, long[])> asked, string prefix) => (_asked, _prefix) = (asked, prefix);

    /// <summary>Names and shapes of a model's tensors.</summary>
    public static IReadOnlyList<(string Name, long[] Shape)> Of(Func<IWeights, object> build)
    {
        using var scope = torch.NewDisposeScope();
        var asked = new List<(string, long[])>();
        (build(new ShapeRecorder(asked, "")) as IDisposable)?.Dispose();
        return [.. asked.DistinctBy(tensor => tensor.Item1)];
    }

    public bool Has(string name) => true;

    public torch.Tensor Get(string name, params ReadOnlySpan<long> shape)
    {
        _asked.Add((_prefix + name, shape.ToArray()));
        return torch.empty(shape, device: new torch.Device("meta"));
    }

    public torch.Tensor Derive(string name, Func<torch.Tensor> derive) => derive();

    public IWeights At(string prefix) => new ShapeRecorder(_asked, _prefix + prefix);
}
