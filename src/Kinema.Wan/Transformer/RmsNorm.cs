using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Root-mean-square norm over all heads together, as Wan applies it to queries and keys before the heads are split.</summary>
/// <remarks>y = x / √(mean(x²) + ε) · w over the channels (Zhang and Sennrich 2019, eq. 4), computed in float32.</remarks>
internal sealed class RmsNorm(Tensor weight, double epsilon)
{
    /// <summary>x: [batch, tokens, channels], consumed → the same shape and type.</summary>
    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        var wide = x.to_type(ScalarType.Float32);
        var scale = Scale(wide);
        return wide.mul_(weight).mul_(scale).to_type(x.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The norm, then the turn of every channel pair by the position of its token.</summary>
    /// <param name="x">[batch, tokens, heads·headDim], consumed: its memory may hold the result.</param>
    /// <param name="turns">[1, tokens, 1, headDim/2] complex.</param>
    /// <param name="heads">How many heads the channels are.</param>
    /// <returns>[batch, tokens, heads, headDim] in x's type.</returns>
    public Tensor ApplyTurned(Tensor x, Tensor turns, long heads)
    {
        using var scope = NewDisposeScope();
        var (batch, tokens) = (x.shape[0], x.shape[1]);
        var wide = x.to_type(ScalarType.Float32);

        // A turn does not change lengths, so the scale of a token rides on its turn: one pass over the channels less.
        var scaledTurns = turns.mul(Scale(wide).unsqueeze(-1));
        wide.mul_(weight).view(batch, tokens, heads, -1, 2).view_as_complex().mul_(scaledTurns);
        return wide.view(batch, tokens, heads, -1).to_type(x.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>1 / √(mean(x²) + ε): [batch, tokens, 1], from the length of each token, which needs no copy of x.</summary>
    private Tensor Scale(Tensor wide)
        => linalg.vector_norm(wide, 2, [-1], keepdim: true).pow_(2).div_(wide.shape[^1]).add_(epsilon).rsqrt_();
}
