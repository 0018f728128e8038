using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Adaptive layer norm (adaLN, Peebles and Xie 2023, section 3.2): shift, scale and gate for each channel, from the timestep.</summary>
/// <param name="rows">[timesteps, vectors, channels] in float32: the vectors of every distinct timestep; scales hold 1 + scale.</param>
/// <param name="timesteps">The row of every token.</param>
/// <param name="epsilon">The layer norms' ε.</param>
internal readonly struct AdaLayerNorm(Tensor rows, TokenTimesteps timesteps, double epsilon)
{
    /// <summary>LayerNorm(x)·(1 + scale) + shift in float32, in one kernel if all tokens share a timestep.</summary>
    /// <remarks>x: [batch, tokens, channels] → a new tensor of the same shape and type.</remarks>
    public Tensor Normalise(Tensor x, int shift, int scale)
    {
        using var scope = NewDisposeScope();
        if (timesteps.IsUniform)
            return LayerNorm(x, rows[0, scale], rows[0, shift]).MoveToOuterDisposeScope();

        var result = empty_like(x);
        foreach (var span in timesteps.Spans)
        {
            using var step = NewDisposeScope();
            Of(result, span).copy_(LayerNorm(Of(x, span), rows[span.Row, scale], rows[span.Row, shift]));
        }

        return result.MoveToOuterDisposeScope();
    }

    /// <summary>x ← x + gate·y, written into x.</summary>
    public void AddGated(Tensor x, Tensor y, int gate)
    {
        using var scope = NewDisposeScope();
        if (timesteps.IsUniform)
        {
            Add(x, y, rows[0, gate]);
            return;
        }

        foreach (var span in timesteps.Spans)
            Add(Of(x, span), Of(y, span), rows[span.Row, gate]);
    }

    private static void Add(Tensor x, Tensor y, Tensor gate)
    {
        // The gate is float32, so libtorch converts bfloat16 hidden states to temporary float32 tensors.
        foreach (var (start, length) in TokenSlices.Of(x))
        {
            using var scope = NewDisposeScope();
            x.narrow(-2, start, length).AddProductInPlace(y.narrow(-2, start, length), gate);
        }
    }

    private Tensor LayerNorm(Tensor x, Tensor weight, Tensor bias) => Fp32LayerNorm.Apply(x, weight, bias, epsilon);

    private static Tensor Of(Tensor x, TokenSpan span) => x[span.Sample].narrow(0, span.Start, span.Length);
}
