using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>Encodes video to the moments of its latents, chunk by chunk: 1 frame, then 4 at a time.</summary>
/// <remarks>x: [B, Cin, 1 or 4, H, W] → [B, 2z, 1, h, w], before <c>quant_conv</c>.</remarks>
internal sealed class VaeEncoder(IWeights weights, VaeConfig config) : IVaeStage
{
    private readonly StageChain _stages = new(
    [
        new ObservedStage("encoder.conv_in", new CausalConv3d(weights.At("conv_in."), config.InChannels, config.BaseDim)),
        .. Levels(weights, config).Select((stage, i) => new ObservedStage($"encoder.down_blocks.{i}", stage)),
        new ObservedStage("encoder.mid_block", new MidBlock(weights.At("mid_block."), config.EncoderLevels[^1].OutChannels)),
        new VaeHead(weights, "encoder", config.EncoderLevels[^1].OutChannels, 2 * config.LatentChannels),
    ]);

    public torch.Tensor Apply(torch.Tensor x, VaePass pass) => _stages.Apply(x, pass);

    private static IEnumerable<IVaeStage> Levels(IWeights weights, VaeConfig config) => config.IsResidual
        ? config.EncoderLevels.Select((level, i) => new DownBlock(weights.At($"down_blocks.{i}."), config, level))
        : FlatLevels(config).Select((build, i) => build(weights.At($"down_blocks.{i}.")));

    /// <summary>VAE 2.1 numbers residual blocks, attention and downsampling of all levels in one list.</summary>
    private static IEnumerable<Func<IWeights, IVaeStage>> FlatLevels(VaeConfig config)
    {
        var scale = 1.0;
        foreach (var level in config.EncoderLevels)
        {
            for (var i = 0; i < config.ResidualBlocks; i++)
            {
                var inChannels = i == 0 ? level.InChannels : level.OutChannels;
                yield return at => new ResidualBlock(at, inChannels, level.OutChannels);
                if (config.AttentionScales.Contains(scale))
                    yield return at => new AttentionBlock(at, level.OutChannels);
            }

            if (level.Resamples)
                yield return at => new Downsample(at, level.OutChannels, level.Temporal);
            scale /= 2;
        }
    }
}
