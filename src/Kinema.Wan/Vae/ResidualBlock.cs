using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>shortcut(x) + conv2(SiLU(norm2(conv1(SiLU(norm1(x)))))), where the shortcut is a linear map if the number of channels changes.</summary>
/// <remarks>x: [B, Cin, T, H, W] → [B, Cout, T, H, W].</remarks>
internal sealed class ResidualBlock(IWeights weights, long inChannels, long outChannels) : IVaeStage
{
    private readonly ChannelRmsNorm _norm1 = new(weights.At("norm1."), inChannels, 3);
    private readonly CausalConv3d _conv1 = new(weights.At("conv1."), inChannels, outChannels);
    private readonly ChannelRmsNorm _norm2 = new(weights.At("norm2."), outChannels, 3);
    private readonly CausalConv3d _conv2 = new(weights.At("conv2."), outChannels, outChannels);
    private readonly PointwiseConv3d? _shortcut =
        inChannels == outChannels ? null : new PointwiseConv3d(weights.At("conv_shortcut."), inChannels, outChannels);

    public Tensor Apply(Tensor x, VaePass pass)
    {
        Tensor sum;
        using (var inner = _conv1.Apply(_norm1, x, pass))
            sum = _conv2.Apply(_norm2, inner, pass);

        using var shortcut = _shortcut?.Apply(x);
        return sum.AddInPlace(shortcut ?? x);
    }
}
