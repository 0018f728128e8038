using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Wan.Vae;

/// <summary>The output layer of encoder and decoder: conv_out(SiLU(norm_out(x))).</summary>
/// <remarks>x: [B, Cin, T, H, W] → [B, Cout, T, H, W].</remarks>
internal sealed class VaeHead(IWeights weights, string name, long inChannels, long outChannels) : IVaeStage
{
    private readonly ChannelRmsNorm _norm = new(weights.At("norm_out."), inChannels, 3);
    private readonly CausalConv3d _conv = new(weights.At("conv_out."), inChannels, outChannels);

    public torch.Tensor Apply(torch.Tensor x, VaePass pass)
    {
        if (pass.IsObserved)
        {
            using var normed = _norm.Apply(x);
            pass.Observe($"{name}.norm_out", normed);
        }

        var output = _conv.Apply(_norm, x, pass);
        pass.Observe($"{name}.conv_out", output);
        return output;
    }
}
