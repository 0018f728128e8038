using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>What all blocks together added to the residual stream in a forward pass, kept to be added again in a later one.</summary>
/// <remarks>The stream is [batch, tokens, dim]; what is kept has its shape and type.</remarks>
internal sealed class ResidualCache : IDisposable
{
    private const long TokensAtOnce = 4096;

    private Tensor? _input;
    private Tensor? _residual;

    /// <summary>Whether the next pass adds what is kept instead of running the blocks.</summary>
    public bool IsReused { get; set; }

    /// <summary>‖new − old‖ / ‖new‖ of what was added in the last pass with blocks and in the one before; null where there was none before.</summary>
    public double? RelativeChange { get; private set; }

    /// <summary>Adds what is kept, written into the stream.</summary>
    public void AddTo(Tensor stream)
        => stream.AddInPlace(_residual ?? throw new InvalidOperationException("There is no earlier pass whose residual could be added."));

    /// <summary>The blocks are about to run.</summary>
    public void BeforeBlocks(Tensor stream)
    {
        _input?.Dispose();
        _input = stream.clone().DetachFromDisposeScope();
    }

    /// <summary>The blocks have run.</summary>
    public void AfterBlocks(Tensor stream)
    {
        var added = _input ?? throw new InvalidOperationException("The blocks have not been entered.");
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

    /// <summary>In float32, some tokens at a time, so that no wide copy of the whole is made.</summary>
    private static double RelativeDistance(Tensor added, Tensor earlier)
    {
        using var scope = NewDisposeScope();
        var (difference, size) = (zeros([], device: added.device), zeros([], device: added.device));
        for (long start = 0; start < added.shape[1]; start += TokensAtOnce)
        {
            using var part = NewDisposeScope();
            var length = Math.Min(TokensAtOnce, added.shape[1] - start);
            var wide = added.narrow(1, start, length).to_type(ScalarType.Float32);
            difference.AddInPlace(wide.sub(earlier.narrow(1, start, length)).SquareInPlace().sum());
            size.AddInPlace(wide.Squared().sum());
        }

        return size.item<float>() == 0 ? 0 : difference.div_(size).sqrt_().item<float>();
    }
}
