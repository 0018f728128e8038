using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Every token looks at every token, with rotary positions.</summary>
internal sealed class SelfAttention(IWeights weights, WanTransformerConfig config, OwnedTensors owned)
{
    private readonly Linear _q = Linear.From(weights, "to_q", config.Dim, config.Dim);
    private readonly Linear _k = Linear.From(weights, "to_k", config.Dim, config.Dim);
    private readonly Linear _v = Linear.From(weights, "to_v", config.Dim, config.Dim);
    private readonly Linear _out = Linear.From(weights, "to_out.0", config.Dim, config.Dim);
    private readonly RmsNorm _normQ = Attention.Norm(weights, "norm_q", config, owned);
    private readonly RmsNorm _normK = Attention.Norm(weights, "norm_k", config, owned);

    /// <summary>x: [batch, tokens, dim] → the same shape; turns as <see cref="RotaryEmbedding.Turns"/> makes them.</summary>
    public Tensor Apply(Tensor x, Tensor turns)
    {
        using var scope = NewDisposeScope();
        var heads = config.Heads;
        var q = _normQ.ApplyTurned(_q.Apply(x), turns, heads);
        var k = _normK.ApplyTurned(_k.Apply(x), turns, heads);
        using var attended = Attention.Attend(q, k, Attention.Heads(_v.Apply(x), heads));
        return _out.Apply(attended).MoveToOuterDisposeScope();
    }
}
