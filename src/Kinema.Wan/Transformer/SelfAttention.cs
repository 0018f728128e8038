using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Self-attention over all tokens, with rotary position embedding.</summary>
internal sealed class SelfAttention(IWeights weights, WanTransformerConfig config, DerivedTensors derived)
{
    private readonly Linear _q = Linear.From(weights, "to_q", config.Dim, config.Dim);
    private readonly Linear _k = Linear.From(weights, "to_k", config.Dim, config.Dim);
    private readonly Linear _v = Linear.From(weights, "to_v", config.Dim, config.Dim);
    private readonly Linear _out = Linear.From(weights, "to_out.0", config.Dim, config.Dim);
    private readonly RmsNorm _normQ = Attention.Norm(weights, "norm_q", config, derived);
    private readonly RmsNorm _normK = Attention.Norm(weights, "norm_k", config, derived);

    /// <summary>x: [batch, tokens, dim] → the same shape; rotations from <see cref="RotaryEmbedding.Rotations"/>.</summary>
    public Tensor Apply(Tensor x, Tensor rotations)
    {
        using var scope = NewDisposeScope();
        var heads = config.Heads;
        var q = _normQ.ApplyWithRotations(_q.Apply(x), rotations, heads);
        var k = _normK.ApplyWithRotations(_k.Apply(x), rotations, heads);
        using var attended = Attention.Attend(q, k, Attention.Heads(_v.Apply(x), heads));
        return _out.Apply(attended).MoveToOuterDisposeScope();
    }
}
