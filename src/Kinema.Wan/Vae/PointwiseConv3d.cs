using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>A 1×1×1 convolution: a linear map of the channels of every pixel.</summary>
/// <remarks>x: [B, Cin, T, H, W] → [B, Cout, T, H, W].</remarks>
internal sealed class PointwiseConv3d(IWeights weights, long inChannels, long outChannels)
{
    private readonly Tensor _weight = weights.Get("weight", outChannels, inChannels, 1, 1, 1);
    private readonly Tensor _bias = weights.Get("bias", outChannels);

    public Tensor Apply(Tensor x) => nn.functional.conv3d(x, _weight, _bias);
}
