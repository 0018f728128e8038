using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Text;

/// <summary>
/// T5's layer norm, an RMS norm: x / √(mean(x²) + ε) · w, without mean subtraction and bias. Computed in float32, returned in the weight's type.
/// </summary>
internal sealed class T5LayerNorm(Tensor weight, double epsilon)
{
    /// <summary>x: [batch, tokens, channels] → the same shape.</summary>
    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        var float32 = x.to_type(ScalarType.Float32);
        var scale = float32.Squared().mean([-1], keepdim: true).AddInPlace(epsilon).rsqrt_();
        return float32.mul(scale).to_type(weight.dtype).mul_(weight).MoveToOuterDisposeScope();
    }
}
