using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.ImageEncoder;

/// <summary>x · Wᵀ + b. x: [..., Cin] → [..., Cout].</summary>
internal sealed class ClipLinear(IWeights weights, long inChannels, long outChannels)
{
    private readonly Tensor _weight = weights.Get("weight", outChannels, inChannels);
    private readonly Tensor _bias = weights.Get("bias", outChannels);

    public Tensor Apply(Tensor x) => nn.functional.linear(x, _weight, _bias);
}
