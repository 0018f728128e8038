using Kinema.Wan.Checkpoints;
using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Vae;

namespace Kinema.Wan.Tests.Vae;

/// <summary>The VAE of a fixture checkpoint.</summary>
internal sealed class VaeFixture : IDisposable
{
    private readonly Weights _weights;

    private VaeFixture(string checkpoint, torch.ScalarType type)
    {
        var folder = FixtureFolder.Checkpoint(checkpoint, "vae");
        Config = VaeConfig.From(ModelConfig.Read(Path.Combine(folder, "config.json")));
        _weights = Weights.Load(folder, new Precision(type), torch.CPU, ct: TestContext.Current.CancellationToken);
    }

    public VaeConfig Config { get; }

    public static VaeFixture Load(string checkpoint, torch.ScalarType type = torch.ScalarType.Float32) => new(checkpoint, type);

    public WanVae Vae(VaeTiling? tiling = null, StageObserver? observer = null) => new(_weights, Config) { Tiling = tiling, Observer = observer };

    public void Dispose() => _weights.Dispose();
}
