using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using static TorchSharp.torch;

namespace Kinema.Wan.Vae;

/// <summary>A 1×1×1 convolution: a linear map of the channels of every pixel.</summary>
/// <remarks>x: [B, Cin, T, H, W] → [B, Cout, T, H, W].</remarks>
internal sealed class PointwiseConv3d(IWeights weights, long inChannels, long outChannels)
{
    private readonly PaddedConvolution _convolution = new(weights, [outChannels, inChannels, 1, 1, 1]);

    public Tensor Apply(Tensor x) => _convolution.Apply(x);
}
