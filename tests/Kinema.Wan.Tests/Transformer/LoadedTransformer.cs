using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.Tests.Transformer;

/// <summary>A transformer of the fixtures with its weights.</summary>
internal sealed class LoadedTransformer : IDisposable
{
    private readonly Weights _weights;

    private LoadedTransformer(string folder, torch.ScalarType type)
    {
        _weights = Weights.Load(folder, new(type, WanTransformer.Float32Parts), torch.CPU, ct: TestContext.Current.CancellationToken);
        Transformer = new(WanTransformerConfig.From(ModelConfig.Read(Path.Combine(folder, "config.json"))), _weights);
    }

    public WanTransformer Transformer { get; }

    /// <param name="path">Checkpoint and part: <c>tiny/transformer_2</c>.</param>
    /// <param name="type">What to compute in.</param>
    public static LoadedTransformer Open(string path, torch.ScalarType type) => new(FixtureFolder.Checkpoint(path), type);

    public void Dispose()
    {
        Transformer.Dispose();
        _weights.Dispose();
    }
}
