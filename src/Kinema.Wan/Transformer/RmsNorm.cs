using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Root-mean-square norm over all heads together, as Wan applies it to queries and keys before the heads are split.</summary>
/// <remarks>y = x / √(mean(x²) + ε) · w over the channels (Zhang and Sennrich 2019, eq. 4), computed in float32.</remarks>
internal sealed class RmsNorm(Tensor weight, double epsilon)
{
    /// <summary>x: [batch, tokens, channels], consumed: its memory holds the result of the same shape and type.</summary>
    public Tensor Apply(Tensor x)
    {
        foreach (var (start, length) in TokenSlices.Of(x))
        {
            using var scope = NewDisposeScope();
            var slice = x.narrow(1, start, length);
            var wide = slice.to_type(ScalarType.Float32);
            var scale = Scale(wide);
            WriteBack(wide.mul_(weight).mul_(scale), slice);
        }

        return x.alias();
    }

    /// <summary>The norm, then the turn of every channel pair by the position of its token.</summary>
    /// <param name="x">[batch, tokens, heads·headDim], consumed: its memory holds the result.</param>
    /// <param name="rotations">[1, tokens, 1, headDim/2] complex.</param>
    /// <param name="heads">How many heads the channels are.</param>
    /// <returns>[batch, tokens, heads, headDim] in x's type.</returns>
    public Tensor ApplyWithRotations(Tensor x, Tensor rotations, long heads)
    {
        foreach (var (start, length) in TokenSlices.Of(x))
        {
            using var scope = NewDisposeScope();
            var slice = x.narrow(1, start, length);
            var wide = slice.to_type(ScalarType.Float32);

            // A turn does not change lengths, so the scale of a token rides on its turn: one pass over the channels less.
            var scaledTurns = rotations.narrow(1, start, length).mul(Scale(wide).unsqueeze(-1));
            wide.mul_(weight).view(x.shape[0], length, heads, -1, 2).view_as_complex().mul_(scaledTurns);
            WriteBack(wide, slice);
        }

        return x.view(x.shape[0], x.shape[1], heads, -1);
    }

    /// <summary>What was computed in float32, back to where it was read; where that was float32 it is there already.</summary>
    private static void WriteBack(Tensor wide, Tensor slice)
    {
        if (slice.dtype != ScalarType.Float32)
            slice.copy_(wide);
    }

    /// <summary>1 / √(mean(x²) + ε): [batch, tokens, 1], from the length of each token, which needs no copy of x.</summary>
    private Tensor Scale(Tensor wide)
        => wide.NormAlong(-1).SquareInPlace().DivideInPlace(wide.shape[^1]).AddInPlace(epsilon).rsqrt_();
}
