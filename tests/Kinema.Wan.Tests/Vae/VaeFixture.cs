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

    public WanVae Vae(VaeTileSizes? tiling = null, StageObserver? observer = null) => new(_weights, Config) { Tiling = tiling, Observer = observer };

    /// <summary>The same latents in every test: [1, z, frames, 4, 6].</summary>
    public static torch.Tensor Noise(VaeConfig config, int frames)
    {
        using var generator = new torch.Generator(7);
        return torch.randn([1, config.LatentChannels, frames, 4, 6], generator: generator);
    }

    public void Dispose() => _weights.Dispose();
}
