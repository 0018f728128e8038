using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Layer norm in float32, whatever the input's type. Ba et al. 2016, eq. 4.</summary>
internal static class Fp32LayerNorm
{
    /// <summary>x: [..., channels]; weight and bias: [channels] in float32 → x's shape and type.</summary>
    public static Tensor Apply(Tensor x, Tensor weight, Tensor bias, double epsilon)
    {
        // The CPU kernel accepts bfloat16 input with float32 weights and computes in float32. The CUDA kernel requires one type.
        if (x.dtype == ScalarType.Float32 || (x.device_type == DeviceType.CPU && x.dtype == ScalarType.BFloat16))
            return nn.functional.layer_norm(x, [x.shape[^1]], weight, bias, epsilon);

        using var float32 = x.to_type(ScalarType.Float32);
        using var normed = nn.functional.layer_norm(float32, [x.shape[^1]], weight, bias, epsilon);
        return normed.to_type(x.dtype);
    }
}
