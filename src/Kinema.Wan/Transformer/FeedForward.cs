using Kinema.Wan.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Linear, GELU, linear (Vaswani et al. 2017, section 3.3; Hendrycks and Gimpel 2016, in the tanh form by default).</summary>
internal sealed class FeedForward(Linear upProjection, Linear downProjection, bool exactGelu = false)
{
    public static FeedForward From(IWeights weights, long inputs, long hidden, long outputs, bool exactGelu = false) => new(
        Linear.From(weights, "net.0.proj", inputs, hidden),
        Linear.From(weights, "net.2", hidden, outputs),
        exactGelu);

    /// <summary>x: [..., inputs] → [..., outputs].</summary>
    public Tensor Apply(Tensor x)
    {
        using var hidden = upProjection.Apply(x);
        using var activated = hidden.gelu_(exactGelu ? GELU.Approximate.none : GELU.Approximate.tanh);
        return downProjection.Apply(activated);
    }
}
