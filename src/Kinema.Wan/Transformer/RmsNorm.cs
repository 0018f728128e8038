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
            var float32 = slice.to_type(ScalarType.Float32);
            var scale = Scale(float32);
            WriteBack(float32.mul_(weight).mul_(scale), slice);
        }

        return x.alias();
    }

    /// <summary>Applies the norm, then rotates every channel pair by the rotary embedding of its token.</summary>
    /// <param name="x">[batch, tokens, heads·headDim], consumed: its memory holds the result.</param>
    /// <param name="rotations">[1, tokens, 1, headDim/2] complex.</param>
    /// <param name="heads">Number of heads.</param>
    /// <returns>[batch, tokens, heads, headDim] in x's type.</returns>
    public Tensor ApplyWithRotations(Tensor x, Tensor rotations, long heads)
    {
        foreach (var (start, length) in TokenSlices.Of(x))
        {
            using var scope = NewDisposeScope();
            var slice = x.narrow(1, start, length);
            var float32 = slice.to_type(ScalarType.Float32);

            // A rotation keeps the norm. So the scale of a token multiplies its rotation, which saves a pass over the channels.
            var scaledRotations = rotations.narrow(1, start, length).mul(Scale(float32).unsqueeze(-1));
            float32.mul_(weight).view(x.shape[0], length, heads, -1, 2).view_as_complex().mul_(scaledRotations);
            WriteBack(float32, slice);
        }

        return x.view(x.shape[0], x.shape[1], heads, -1);
    }

    /// <summary>Copies a float32 result back to the slice it was read from. A float32 slice holds it already.</summary>
    private static void WriteBack(Tensor float32, Tensor slice)
    {
        if (slice.dtype != ScalarType.Float32)
            slice.copy_(float32);
    }

    /// <summary>1 / √(mean(x²) + ε): [batch, tokens, 1], from the L2 norm of each token, which needs no copy of x.</summary>
    private Tensor Scale(Tensor float32)
        => float32.NormAlong(-1).SquareInPlace().DivideInPlace(float32.shape[^1]).AddInPlace(epsilon).rsqrt_();
}
