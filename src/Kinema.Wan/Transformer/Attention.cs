using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Scaled dot-product attention, shared by self- and cross-attention: softmax(q·kᵀ/√d)·v over heads (Vaswani et al. 2017, eq. 1).</summary>
internal static class Attention
{
    /// <summary>q: [batch, tokens, heads, d]; k, v: [batch, keys, heads, d] → [batch, tokens, heads·d].</summary>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v)
    {
        if (BlockedAttention.IsFaster(q.device_type, q.dtype))
            return BlockedAttention.Attend(q, k, v);

        using var scope = NewDisposeScope();
        var result = nn.functional.scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2));
        return result.transpose(1, 2).flatten(2).MoveToOuterDisposeScope();
    }

    /// <summary>[batch, tokens, heads·d] → [batch, tokens, heads, d].</summary>
    public static Tensor Heads(Tensor x, long heads) => x.view(x.shape[0], x.shape[1], heads, -1);

    public static RmsNorm Norm(IWeights weights, string name, WanTransformerConfig config, DerivedTensors derived)
        => new(derived.ToFloat32(weights.Get($"{name}.weight", config.Dim)), config.Epsilon);
}
