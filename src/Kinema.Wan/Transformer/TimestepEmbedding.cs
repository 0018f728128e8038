using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Embeds timesteps: a sinusoid, then linear, SiLU, linear. A projection of the embedding gives the six modulation vectors of every block.</summary>
/// <remarks>Vaswani et al. 2017, section 3.5, cosines first; frequencies exp(−ln 10⁴ · i / half) in float32. The embedder stays in float32.</remarks>
internal sealed class TimestepEmbedding(IWeights weights, WanTransformerConfig config, DerivedTensors derived)
{
    private const double LargestPeriod = 10_000;

    private readonly Linear _first = Linear.FromFloat32(weights, "time_embedder.linear_1", config.FrequencyDim, config.Dim, derived);
    private readonly Linear _second = Linear.FromFloat32(weights, "time_embedder.linear_2", config.Dim, config.Dim, derived);
    private readonly Linear _projection = Linear.From(weights, "time_proj", config.Dim, 6L * config.Dim);

    /// <summary>timesteps: n numbers → their embedding [n, dim] and the blocks' modulation [n, 6·dim], both in the compute type.</summary>
    public (Tensor Embedding, Tensor Modulation) Apply(IReadOnlyList<float> timesteps, Device device)
    {
        using var scope = NewDisposeScope();
        var half = config.FrequencyDim / 2;
        var frequencies = TensorArithmetic.CountUp(half, ScalarType.Float32, device).MultiplyInPlace(-Math.Log(LargestPeriod)).DivideInPlace(half).exp_();
        var angles = tensor([.. timesteps], device: device).unsqueeze(1).mul(frequencies.unsqueeze(0));
        var sinusoid = cat([angles.cos(), angles.sin()], dim: -1);

        var embedding = _second.Apply(_first.Apply(sinusoid).silu_()).to_type(_projection.Type);
        var modulation = _projection.Apply(embedding.silu());
        return (embedding.MoveToOuterDisposeScope(), modulation.MoveToOuterDisposeScope());
    }
}
