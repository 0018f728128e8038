using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Matrices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kinema.Wan.Text;

/// <summary>A layer of umT5: unscaled self-attention with its own relative position bias, then a feed-forward gated by a tanh GELU.</summary>
/// <remarks>Raffel et al. 2020, section 2.1; the gate is Shazeer 2020 (GEGLU); a bias table in every layer is umT5's (Chung et al. 2023).</remarks>
internal sealed class TextEncoderBlock(IWeights weights, TextEncoderConfig config)
{
    private const string Attention = "layer.0.SelfAttention", FeedForward = "layer.1.DenseReluDense";

    private readonly IMatrix _q = weights.Matrix($"{Attention}.q.weight", config.Inner, config.Dim);
    private readonly IMatrix _k = weights.Matrix($"{Attention}.k.weight", config.Inner, config.Dim);
    private readonly IMatrix _v = weights.Matrix($"{Attention}.v.weight", config.Inner, config.Dim);
    private readonly IMatrix _out = weights.Matrix($"{Attention}.o.weight", config.Dim, config.Inner);
    private readonly Tensor _bias = weights.Get(
        $"{Attention}.relative_attention_bias.weight", config.DistanceBuckets, config.Heads);

    private readonly IMatrix _gate = weights.Matrix($"{FeedForward}.wi_0.weight", config.FeedForwardDim, config.Dim);
    private readonly IMatrix _wide = weights.Matrix($"{FeedForward}.wi_1.weight", config.FeedForwardDim, config.Dim);
    private readonly IMatrix _narrow = weights.Matrix($"{FeedForward}.wo.weight", config.Dim, config.FeedForwardDim);
    private readonly T5LayerNorm _attentionNorm = new(weights.Get("layer.0.layer_norm.weight", config.Dim), config.Epsilon);
    private readonly T5LayerNorm _feedNorm = new(weights.Get("layer.1.layer_norm.weight", config.Dim), config.Epsilon);

    /// <summary>Adds the layer's residuals to the hidden states, in place.</summary>
    /// <param name="x">[1, tokens, d_model]; written.</param>
    /// <param name="buckets">The bucket of every distance, from <see cref="RelativePositionBucket.OfDistances"/>: [2·tokens − 1].</param>
    public void Apply(Tensor x, Tensor buckets)
    {
        using var scope = NewDisposeScope();
        x.AddInPlace(Attend(_attentionNorm.Apply(x), buckets));
        x.AddInPlace(Feed(_feedNorm.Apply(x)));
    }

    /// <summary>softmax(q·kᵀ + bias)·v, for one text: [1, tokens, d_model] → the same.</summary>
    /// <remarks>
    /// Queries run from the last to the first. The biases of a query are then a window over those of all distances, one position further than the window of
    /// the query before. So no tensor of the scores' size has to be built for them.
    /// </remarks>
    private Tensor Attend(Tensor x, Tensor buckets)
    {
        using var scope = NewDisposeScope();
        var tokens = x.shape[1];
        var bias = _bias.index_select(0, buckets).t().contiguous().unfold(1, tokens, 1);
        var weights = Heads(x, _q).flip(1).bmm(Heads(x, _k).contiguous().transpose(1, 2)).AddInPlace(bias).softmax(-1);
        var attended = weights.bmm(Heads(x, _v).contiguous()).flip(1).transpose(0, 1).reshape(1, tokens, config.Inner);
        return _out.Multiply(attended).MoveToOuterDisposeScope();
    }

    private Tensor Feed(Tensor x)
    {
        using var scope = NewDisposeScope();
        var gate = _gate.Multiply(x).gelu_(GELU.Approximate.tanh);
        return _narrow.Multiply(gate.mul_(_wide.Multiply(x))).MoveToOuterDisposeScope();
    }

    /// <summary>[1, tokens, d_model] → [heads, tokens, d_kv].</summary>
    private Tensor Heads(Tensor x, IMatrix weight)
        => weight.Multiply(x).view(-1, config.Heads, config.HeadDim).transpose(0, 1);
}
