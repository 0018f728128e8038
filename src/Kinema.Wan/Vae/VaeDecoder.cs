using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>Decodes latents to video, one latent frame at a time: the first gives 1 frame, every other one 4.</summary>
/// <remarks>z: [B, z, 1, h, w], after <c>post_quant_conv</c> → [B, Cout, 1 or 4, H, W].</remarks>
internal sealed class VaeDecoder(IWeights weights, VaeConfig config) : IVaeStage
{
    private readonly StageChain _stages = new(
    [
        new ObservedStage("decoder.conv_in", new CausalConv3d(weights.At("conv_in."), config.LatentChannels, config.DecoderLevels[0].InChannels)),
        new ObservedStage("decoder.mid_block", new MidBlock(weights.At("mid_block."), config.DecoderLevels[0].InChannels)),
        .. config.DecoderLevels.Select((level, i) =>
            new ObservedStage($"decoder.up_blocks.{i}", new UpBlock(weights.At($"up_blocks.{i}."), config, level))),
        new VaeHead(weights, "decoder", config.DecoderLevels[^1].OutChannels, config.OutChannels),
    ]);

    public torch.Tensor Apply(torch.Tensor z, VaePass pass) => _stages.Apply(z, pass);
}
