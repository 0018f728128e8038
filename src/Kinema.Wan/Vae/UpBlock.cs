using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>
/// A level of the decoder: residual blocks, then (except on the last level) upsampling; in VAE 2.2 with a duplicating shortcut around all of it.
/// </summary>
/// <remarks>x: [B, Cin, T, H, W] → [B, C', ft·T, 2H, 2W], where C' is Cout / 2 after the upsampling of VAE 2.1 and Cout otherwise.</remarks>
internal sealed class UpBlock(IWeights weights, VaeConfig config, VaeLevel level) : IVaeStage
{
    private readonly StageChain _stages = new(
    [
        .. Enumerable.Range(0, config.ResidualBlocks + 1).Select(i =>
            new ResidualBlock(weights.At($"resnets.{i}."), i == 0 ? level.InChannels : level.OutChannels, level.OutChannels)),
        .. level.Resamples
            ? [new Upsample(
                weights.At(config.IsResidual ? "upsampler." : "upsamplers.0."),
                level.OutChannels,
                config.IsResidual ? level.OutChannels : level.OutChannels / 2,
                level.Temporal)]
            : Array.Empty<IVaeStage>(),
    ]);

    private readonly DupUp3D? _shortcut =
        config.IsResidual && level.Resamples ? new DupUp3D(level.InChannels, level.OutChannels, level.Temporal ? 2 : 1, 2) : null;

    public torch.Tensor Apply(torch.Tensor x, VaePass pass)
    {
        var y = _stages.Apply(x, pass);
        _shortcut?.AddTo(y, x, pass.IsFirstChunk);
        return y;
    }
}
