using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Self-attention, cross-attention and feed-forward with residual connections. adaLN modulates self-attention and feed-forward.</summary>
internal sealed class TransformerBlock(IWeights weights, WanTransformerConfig config, DerivedTensors derived)
{
    // The order of the six vectors in the table.
    private const int AttentionShift = 0, AttentionScale = 1, AttentionGate = 2, FeedShift = 3, FeedScale = 4, FeedGate = 5;

    private readonly Tensor _table = derived.ToFloat32(weights.Get("scale_shift_table", 1, 6, config.Dim));
    private readonly SelfAttention _self = new(weights.At("attn1."), config, derived);
    private readonly CrossAttention _cross = new(weights.At("attn2."), config, derived);
    private readonly FeedForward _feedForward = FeedForward.From(weights.At("ffn."), config.Dim, config.FeedForwardDim, config.Dim);
    private readonly Tensor? _normWeight = config.CrossAttentionNorm ? derived.ToFloat32(weights.Get("norm2.weight", config.Dim)) : null;
    private readonly Tensor? _normBias = config.CrossAttentionNorm ? derived.ToFloat32(weights.Get("norm2.bias", config.Dim)) : null;

    /// <summary>Adds the block's residuals to the hidden states, in place.</summary>
    /// <param name="x">The hidden states [batch, tokens, dim]; written.</param>
    /// <param name="context">The inputs that all blocks share.</param>
    /// <param name="hooks">Receives the hidden states after each sublayer.</param>
    /// <param name="name">The block's name for the hooks.</param>
    /// <param name="ct">Checked before each sublayer.</param>
    public void Apply(Tensor x, BlockContext context, ForwardHooks hooks, string name, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        var rows = context.Modulation.to_type(ScalarType.Float32).view(-1, 6, config.Dim).Plus(_table);
        rows.narrow(1, AttentionScale, 1).AddInPlace(1);
        rows.narrow(1, FeedScale, 1).AddInPlace(1);
        var adaNorm = new AdaLayerNorm(rows, context.Timesteps, config.Epsilon);

        AddSelfAttention(x, adaNorm, context);
        hooks.Observe($"{name}.after_attn1", x);
        ct.ThrowIfCancellationRequested();

        AddCrossAttention(x, context);
        hooks.Observe($"{name}.after_attn2", x);
        ct.ThrowIfCancellationRequested();

        AddFeedForward(x, adaNorm);
        hooks.Observe($"{name}.after_ffn", x);
    }

    private void AddSelfAttention(Tensor x, AdaLayerNorm adaNorm, BlockContext context)
    {
        using var normed = adaNorm.Normalise(x, AttentionShift, AttentionScale);
        using var attended = _self.Apply(normed, context.Rotations);
        adaNorm.AddGated(x, attended, AttentionGate);
    }

    private void AddCrossAttention(Tensor x, BlockContext context)
    {
        using var scope = NewDisposeScope();
        var normed = _normWeight is null ? x : Fp32LayerNorm.Apply(x, _normWeight, _normBias!, config.Epsilon);
        x.AddInPlace(_cross.Apply(normed, context.Text, context.Image));
    }

    private void AddFeedForward(Tensor x, AdaLayerNorm adaNorm)
    {
        using var normed = adaNorm.Normalise(x, FeedShift, FeedScale);
        using var fed = _feedForward.Apply(normed);
        adaNorm.AddGated(x, fed, FeedGate);
    }
}
