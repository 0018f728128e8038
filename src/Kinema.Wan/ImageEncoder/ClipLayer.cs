using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.ImageEncoder;

/// <summary>x += attention(norm1(x)); x += fc2(gelu(fc1(norm2(x)))).</summary>
/// <remarks>x: [B, n, C] → same shape. Dosovitskiy et al. 2020, eq. 2 and 3.</remarks>
internal sealed class ClipLayer(IWeights weights, ClipConfig config)
{
    private readonly ClipNorm _norm1 = new(weights.At("layer_norm1."), config);
    private readonly ClipLinear _query = new(weights.At("self_attn.q_proj."), config.HiddenSize, config.HiddenSize);
    private readonly ClipLinear _key = new(weights.At("self_attn.k_proj."), config.HiddenSize, config.HiddenSize);
    private readonly ClipLinear _value = new(weights.At("self_attn.v_proj."), config.HiddenSize, config.HiddenSize);
    private readonly ClipLinear _out = new(weights.At("self_attn.out_proj."), config.HiddenSize, config.HiddenSize);
    private readonly ClipNorm _norm2 = new(weights.At("layer_norm2."), config);
    private readonly ClipLinear _fc1 = new(weights.At("mlp.fc1."), config.HiddenSize, config.IntermediateSize);
    private readonly ClipLinear _fc2 = new(weights.At("mlp.fc2."), config.IntermediateSize, config.HiddenSize);

    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        var attended = Attend(_norm1.Apply(x)).AddInPlace(x);
        var hidden = _fc1.Apply(_norm2.Apply(attended));
        hidden = config.QuickGelu ? hidden.mul(hidden.Times(1.702).sigmoid_()) : nn.functional.gelu(hidden);
        return _fc2.Apply(hidden).AddInPlace(attended).MoveToOuterDisposeScope();
    }

    private Tensor Attend(Tensor x)
    {
        var mixed = nn.functional.scaled_dot_product_attention(Heads(_query.Apply(x)), Heads(_key.Apply(x)), Heads(_value.Apply(x)));
        return _out.Apply(mixed.transpose(1, 2).flatten(2));
    }

    /// <summary>[B, n, C] → [B, heads, n, C / heads].</summary>
    private Tensor Heads(Tensor x) => x.unflatten(2, [config.Heads, -1]).transpose(1, 2);
}
