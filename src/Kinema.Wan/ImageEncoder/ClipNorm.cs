using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.ImageEncoder;

/// <summary>Layer norm with weight and bias. x: [..., C] → same shape.</summary>
internal sealed class ClipNorm(IWeights weights, ClipConfig config)
{
    private readonly Tensor _weight = weights.Get("weight", config.HiddenSize);
    private readonly Tensor _bias = weights.Get("bias", config.HiddenSize);

    public Tensor Apply(Tensor x) => nn.functional.layer_norm(x, [config.HiddenSize], _weight, _bias, config.Epsilon);
}
