using Kinema.Wan.Checkpoints;
using static TorchSharp.torch;

namespace Kinema.Wan.Convolutions;

/// <summary>A 2-D or 3-D convolution that is correct on every processor: on the CPU its channels are zero-padded to a multiple of 16.</summary>
/// <remarks>
/// x: [N, Cin, (T,) H, W] → [N, Cout, (T,) H', W']. oneDNN 3.7.1, which libtorch 2.10 contains, drops the weights of the channels beyond a multiple of 16 on
/// AMD processors of family 26 (Zen 5) when it reorders them for its direct convolution: 20 channels of ones under a 1×2×2 kernel give 68 instead of 80. Zero
/// padding avoids that code path and changes no sum. Weights are padded once, here; an unpadded input is padded in each call. On Intel processors with AMX the same
/// library is wrong for bfloat16 pictures in patches of 4×4 (relative error 1.2 to 1.3), so that patches of pictures are a matrix product.
/// </remarks>
internal sealed class PaddedConvolution
{
    private const long ChannelMultiple = 16;

    private readonly Tensor _weight;
    private readonly Tensor? _bias;
    private readonly long _outChannels;
    private readonly long[] _strides;
    private readonly long[] _padding;

    /// <param name="weights">Holds <c>weight</c> and, if there is one, <c>bias</c>, and keeps the padded ones.</param>
    /// <param name="shape">Shape of the weight: [Cout, Cin, (kT,) kH, kW].</param>
    /// <param name="strides">One for each axis of the kernel; null for 1.</param>
    /// <param name="padding">Zero padding on both sides, one number for each axis of the kernel; null for none.</param>
    /// <param name="hasBias">Whether to add a bias.</param>
    public PaddedConvolution(IWeights weights, ReadOnlySpan<long> shape, long[]? strides = null, long[]? padding = null, bool hasBias = true)
        : this(Pad(weights, "weight", shape), hasBias ? Pad(weights, "bias", shape[..1]) : null, shape[0], strides, padding)
    {
    }

    private PaddedConvolution(Tensor weight, Tensor? bias, long outChannels, long[]? strides, long[]? padding)
    {
        var axes = (int)weight.dim() - 2;
        _weight = weight;
        _bias = bias;
        _outChannels = outChannels;
        _strides = strides ?? [.. Enumerable.Repeat(1L, axes)];
        _padding = padding ?? new long[axes];
    }

    /// <summary>Number of input channels that avoids a copy: Cin, or more, with zeros in the channels beyond Cin.</summary>
    public long PaddedInChannels => _weight.shape[1];

    /// <summary>The compute type.</summary>
    public ScalarType Type => _weight.dtype;

    /// <summary>Returns the 2-D convolution of one temporal slice of this 3-D kernel.</summary>
    /// <param name="weights">This convolution's weights; they keep the slice.</param>
    /// <param name="time">Index of the slice.</param>
    public PaddedConvolution SliceAt(IWeights weights, long time) =>
        new(weights.Derive($"weight at {time}", () => _weight.select(2, time)), _bias, _outChannels, _strides[1..], _padding[1..]);

    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        var padded = x.shape[1] == PaddedInChannels ? x : PadChannels(x, PaddedInChannels - x.shape[1]);
        var result = Convolve(padded);
        return (result.shape[1] == _outChannels ? result : result.narrow(1, 0, _outChannels)).MoveToOuterDisposeScope();
    }

#pragma warning disable RS0030 // This is where the raw convolutions are made safe.
    private Tensor Convolve(Tensor x) => IsPatches(x) ? Multiply(x) : _strides.Length == 3
        ? nn.functional.conv3d(x, _weight, _bias, _strides, _padding)
        : nn.functional.conv2d(x, _weight, _bias, _strides, _padding);
#pragma warning restore RS0030

    /// <summary>Whether the kernel goes over a picture without overlap.</summary>
    private bool IsPatches(Tensor x) =>
        _strides.Length == 2 && _strides[0] > 1 && x.device.type == TorchSharp.DeviceType.CPU && _strides.AsSpan().SequenceEqual(_weight.shape.AsSpan(2)) && _padding.All(amount => amount == 0);

    /// <summary>Each patch times the kernel. Rows and columns beyond the last whole patch are left out, as a convolution does.</summary>
    private Tensor Multiply(Tensor x)
    {
        var (high, wide) = (_strides[0], _strides[1]);
        var (rows, columns) = (x.shape[2] / high, x.shape[3] / wide);
        var patches = x.narrow(2, 0, rows * high).narrow(3, 0, columns * wide)
            .reshape(x.shape[0], x.shape[1], rows, high, columns, wide).permute(0, 2, 4, 1, 3, 5).reshape(x.shape[0], rows, columns, -1);
        return nn.functional.linear(patches, _weight.reshape(_weight.shape[0], -1), _bias).permute(0, 3, 1, 2);
    }

    private static Tensor Pad(IWeights weights, string name, ReadOnlySpan<long> shape)
    {
        var tensor = weights.Get(name, shape);
        var (outputs, inputs) = (Missing(tensor.shape[0]), tensor.dim() > 1 ? Missing(tensor.shape[1]) : 0);
        if (tensor.device.type != TorchSharp.DeviceType.CPU || (outputs == 0 && inputs == 0))
            return tensor;

        // Amounts go from the last axis to the first, two for each.
        long[] amounts = tensor.dim() == 1 ? [0, outputs] : [.. new long[2 * (tensor.dim() - 2)], 0, inputs, 0, outputs];
        return weights.Derive($"{name} padded", () => nn.functional.pad(tensor, amounts));
    }

    private static Tensor PadChannels(Tensor x, long channels) => nn.functional.pad(x, [.. new long[2 * (x.dim() - 2)], 0, channels]);

    private static long Missing(long channels) => (ChannelMultiple - (channels % ChannelMultiple)) % ChannelMultiple;
}
