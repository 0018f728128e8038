using Kinema.Wan.Arithmetic;
using Kinema.Wan.Checkpoints.Loras;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Checkpoints.Matrices;

/// <summary>The LoRAs beside a packed matrix, as one product of two thin matrices: y + up·(down·x).</summary>
/// <remarks>Hu et al. 2021, eq. 3. The ranks of several LoRAs are joined; their factors are part of <c>up</c>.</remarks>
internal sealed class LowRankTerm : IDisposable
{
    private readonly Tensor _up, _down;

    private LowRankTerm(Tensor up, Tensor down) => (_up, _down) = (up, down);

    /// <summary>Bytes of the term of these LoRAs.</summary>
    public static long BytesOf(IReadOnlyList<LoraDelta> deltas, ScalarType type) => deltas.Sum(delta => delta.Up!.Entry.Count + delta.Down!.Entry.Count) * type.ElementSize();

    /// <summary>Joins LoRAs, which must all be pairs of matrices; null if there are none.</summary>
    public static LowRankTerm? Of(IReadOnlyList<LoraDelta> deltas, ScalarType type, Device device)
    {
        if (deltas.Count == 0)
            return null;

        using var scope = NewDisposeScope();
        var parts = deltas.Select(delta => delta.ToDevice(device)).ToList();
        // The factors are applied in float32, before the one rounding.
        var up = cat([.. parts.Select(part => part.Up!.Times(part.Factor))], dim: 1).to_type(type);
        var down = cat([.. parts.Select(part => part.Down!)], dim: 0).to_type(type);
        return new(up.DetachFromDisposeScope(), down.DetachFromDisposeScope());
    }

    /// <summary>Adds the term to y. x: [..., inputs]; y: [..., outputs], written.</summary>
    public void AddTo(Tensor y, Tensor x)
    {
        using var scope = NewDisposeScope();
        y.AddInPlace(nn.functional.linear(nn.functional.linear(x, _down), _up));
    }

    public void Dispose()
    {
        _up.Dispose();
        _down.Dispose();
    }
}
