using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>The middle block of encoder and decoder: residual block, attention, residual block.</summary>
/// <remarks>x: [B, C, T, H, W] → same shape.</remarks>
internal sealed class MidBlock(IWeights weights, long channels) : IVaeStage
{
    private readonly StageChain _stages = new(
    [
        new ResidualBlock(weights.At("resnets.0."), channels, channels),
        new AttentionBlock(weights.At("attentions.0."), channels),
        new ResidualBlock(weights.At("resnets.1."), channels, channels),
    ]);

    public torch.Tensor Apply(torch.Tensor x, VaePass pass) => _stages.Apply(x, pass);
}
