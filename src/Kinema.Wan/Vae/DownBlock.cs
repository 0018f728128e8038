using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>A level of VAE 2.2's encoder: residual blocks, then (except on the last level) downsampling, with an averaging shortcut around all of it.</summary>
/// <remarks>x: [B, Cin, T, H, W] → [B, Cout, T/ft, H/fs, W/fs].</remarks>
internal sealed class DownBlock(IWeights weights, VaeConfig config, VaeLevel level) : IVaeStage
{
    private readonly StageChain _stages = new(
    [
        .. Enumerable.Range(0, config.ResidualBlocks).Select(i =>
            new ResidualBlock(weights.At($"resnets.{i}."), i == 0 ? level.InChannels : level.OutChannels, level.OutChannels)),
        .. level.Resamples ? [new Downsample(weights.At("downsampler."), level.OutChannels, level.Temporal)] : Array.Empty<IVaeStage>(),
    ]);

    private readonly AvgDown3D _shortcut = new(level.OutChannels, level.Temporal ? 2 : 1, level.Resamples ? 2 : 1);

    public torch.Tensor Apply(torch.Tensor x, VaePass pass)
    {
        var y = _stages.Apply(x, pass);
        using var shortcut = _shortcut.Apply(x);
        return y.AddInPlace(shortcut);
    }
}
