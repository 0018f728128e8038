using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Caches the blocks' residual: the sum of what all blocks added to the hidden states in a forward pass.</summary>
/// <remarks>The hidden states are [batch, tokens, dim]; the cached residual has their shape and type.</remarks>
internal sealed class ResidualCache : IDisposable
{
    private const long TokensAtOnce = 4096;

    private Tensor? _input;
    private Tensor? _residual;

    /// <summary>Whether the next pass adds the cached residual instead of running the blocks.</summary>
    public bool IsReused { get; set; }

    /// <summary>‖new − old‖ / ‖new‖ of the last two computed residuals; null if there is only one.</summary>
    public double? RelativeChange { get; private set; }

    /// <summary>Adds the cached residual to the hidden states, in place.</summary>
    public void AddTo(Tensor stream)
        => stream.AddInPlace(_residual ?? throw new InvalidOperationException("There is no earlier pass whose residual could be added."));

    /// <summary>Records the hidden states before the blocks.</summary>
    public void BeforeBlocks(Tensor stream)
    {
        _input?.Dispose();
        _input = stream.clone().DetachFromDisposeScope();
    }

    /// <summary>Computes the residual from the hidden states after the blocks.</summary>
    public void AfterBlocks(Tensor stream)
    {
        var added = _input ?? throw new InvalidOperationException("BeforeBlocks has not been called.");
        added.neg_().AddInPlace(stream);
        _input = null;
        RelativeChange = _residual is null ? null : RelativeDistance(added, _residual);
        _residual?.Dispose();
        _residual = added;
    }

    public void Dispose()
    {
        _input?.Dispose();
        _residual?.Dispose();
    }

    /// <summary>Computes in float32, some tokens at a time, so that no float32 copy of the whole exists.</summary>
    private static double RelativeDistance(Tensor added, Tensor earlier)
    {
        using var scope = NewDisposeScope();
        var (difference, size) = (zeros([], device: added.device), zeros([], device: added.device));
        for (long start = 0; start < added.shape[1]; start += TokensAtOnce)
        {
            using var part = NewDisposeScope();
            var length = Math.Min(TokensAtOnce, added.shape[1] - start);
            var float32 = added.narrow(1, start, length).to_type(ScalarType.Float32);
            difference.AddInPlace(float32.sub(earlier.narrow(1, start, length)).SquareInPlace().sum());
            size.AddInPlace(float32.Squared().sum());
        }

        return size.item<float>() == 0 ? 0 : difference.div_(size).sqrt_().item<float>();
    }
}
