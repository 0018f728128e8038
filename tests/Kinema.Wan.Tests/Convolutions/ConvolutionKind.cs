using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;

namespace Kinema.Wan.Tests.Convolutions;

/// <summary>A convolution as the models call it.</summary>
/// <param name="Kernel">[kT, kH, kW], or [kH, kW] for images.</param>
/// <param name="Strides">One for each side of the kernel.</param>
/// <param name="Padding">One for each side of the kernel.</param>
/// <param name="IsChannelsLast">Whether its input lies channels last.</param>
internal sealed record ConvolutionKind(long[] Kernel, long[] Strides, long[] Padding, bool IsChannelsLast = true)
{
    // libtorch hands a batch of one to oneDNN from this product of samples, channels, frames and rows on (ConvParams::use_mkldnn, 2.10).
    private const long Threshold = 20_480;

    public static IReadOnlyDictionary<string, ConvolutionKind> All { get; } = new Dictionary<string, ConvolutionKind>
    {
        ["patch embedding 1×2×2"] = new([1, 2, 2], [1, 2, 2], [0, 0, 0], IsChannelsLast: false),
        ["video 3×3×3"] = new([3, 3, 3], [1, 1, 1], [0, 1, 1]),
        ["upsampling in time 3×1×1"] = new([3, 1, 1], [1, 1, 1], [0, 0, 0]),
        ["downsampling in time 3×1×1"] = new([3, 1, 1], [2, 1, 1], [0, 0, 0]),
        ["pointwise 1×1×1"] = new([1, 1, 1], [1, 1, 1], [0, 0, 0]),
        ["upsampling in space 3×3"] = new([3, 3], [1, 1], [1, 1]),
        ["downsampling in space 3×3"] = new([3, 3], [2, 2], [0, 0]),
        ["CLIP's patches 4×4"] = new([4, 4], [4, 4], [0, 0], IsChannelsLast: false),
    };

    /// <summary>The relative error of a convolution beside the same one in float64 that was not padded.</summary>
    public double Error(torch.ScalarType type, long batch, long frames, long inputs, long outputs, torch.Generator generator)
    {
        using var inference = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var x = Input(batch, frames, inputs, generator).to_type(type);
        var weight = torch.randn([outputs, inputs, .. Kernel], generator: generator).to_type(type);
        var bias = torch.randn([outputs], generator: generator).to_type(type);
        var expected = Raw(x.to_type(torch.float64), weight.to_type(torch.float64), bias.to_type(torch.float64));

        using var weights = new Weights("made", new() { ["weight"] = weight, ["bias"] = bias }, []);
        var actual = new PaddedConvolution(weights, [outputs, inputs, .. Kernel], Strides, Padding).Apply(x);
        actual.dtype.ShouldBe(type);
        return RelativeError(actual, expected);
    }

    /// <summary>Sums of ones, without the padding of channels: what oneDNN makes of them, and what is right.</summary>
    public static (double Actual, double Expected) SumOfOnes(long batch, long channels)
    {
        using var scope = torch.NewDisposeScope();
        var sums = All["patch embedding 1×2×2"].Raw(torch.ones([batch, channels, 1, 128, 8]), torch.ones([32, channels, 1, 2, 2]), torch.zeros([32]));
        return (sums.min().item<float>(), 4 * channels);
    }

    private torch.Tensor Input(long batch, long frames, long channels, torch.Generator generator)
    {
        var isPicture = Kernel.Length == 2;
        var time = isPicture ? 1 : frames + Kernel[0] - 1;
        var rows = ((Threshold / (batch * channels * time)) + 8) / 4 * 4;
        var x = torch.randn([batch, time, rows, 8, channels], generator: generator).permute(0, 4, 1, 2, 3);
        if (isPicture)
            x = x.squeeze(2);
        return IsChannelsLast ? x : x.contiguous();
    }

    private torch.Tensor Raw(torch.Tensor x, torch.Tensor weight, torch.Tensor bias) => Kernel.Length == 3
        ? torch.nn.functional.conv3d(x, weight, bias, Strides, Padding)
        : torch.nn.functional.conv2d(x, weight, bias, Strides, Padding);

    private static double RelativeError(torch.Tensor actual, torch.Tensor expected)
    {
        actual.shape.ShouldBe(expected.shape);
        return (actual.to_type(torch.float64) - expected).square().mean().div(expected.square().mean()).sqrt().item<double>();
    }
}
