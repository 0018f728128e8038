using Kinema.Wan.Checkpoints;
using Kinema.Wan.Convolutions;
using static TorchSharp.torch;

namespace Kinema.Wan.SelfChecks;

/// <summary>The operations of the models, in shapes small enough for milliseconds and large enough for the libraries' fast paths.</summary>
/// <remarks>Channels are not multiples of 16 and batches are 2, so that libtorch calls oneDNN for convolutions and oneDNN computes remainders.</remarks>
internal static class CheckedOperations
{
    private const string OneDnn = "ONEDNN_MAX_CPU_ISA=SSE41";
    private const string Mkl = "MKL_ENABLE_INSTRUCTIONS=SSE4_2";
    private const string Aten = "ATEN_CPU_CAPABILITY=default";

    public static CheckedOperation[] All => [.. Of(ScalarType.Float32), .. Of(ScalarType.BFloat16)];

    private static CheckedOperation[] Of(ScalarType type) =>
    [
        Linear(type),
        Convolution("1×2×2", type, [2, 36, 1, 4, 6], [24, 36, 1, 2, 2], [1, 2, 2], [0, 0, 0]),
        Convolution("3×3×3", type, [2, 20, 3, 3, 4], [20, 20, 3, 3, 3], [1, 1, 1], [0, 1, 1]),
        Convolution("3×1×1", type, [2, 20, 3, 3, 4], [40, 20, 3, 1, 1], [1, 1, 1], [0, 0, 0]),
        Convolution("1×1×1", type, [2, 20, 2, 3, 4], [36, 20, 1, 1, 1], [1, 1, 1], [0, 0, 0]),
        Convolution("3×3", type, [2, 20, 1, 7, 7], [20, 20, 1, 3, 3], [1, 2, 2], [0, 0, 0]),
        Attention(type),
    ];

    private static CheckedOperation Linear(ScalarType type)
    {
        const int rows = 24, inputs = 100, outputs = 36;
        var (x, weight) = (new Sample(1, rows, inputs), new Sample(2, outputs, inputs));
        return new(
            $"matrix product, {Text(type)}",
            Limit(type),
            type == ScalarType.Float32 ? Mkl : OneDnn,
            () => nn.functional.linear(x.ToTensor(type), weight.ToTensor(type)),
            () => Reference.Linear(x.ToFloat64(), weight.ToFloat64(), rows, inputs, outputs));
    }

    /// <summary>Kernels that span one frame are 2-D if their name has two sides.</summary>
    private static CheckedOperation Convolution(string kernel, ScalarType type, long[] shape, long[] weightShape, long[] strides, long[] padding)
    {
        var isFlat = kernel.Length == 3;
        var (x, weight, bias) = (new Sample(1, shape), new Sample(2, weightShape), new Sample(3, weightShape[0]));
        return new(
            $"convolution {kernel}, {Text(type)}",
            Limit(type),
            OneDnn,
            () =>
            {
                var (input, kernels) = (x.ToTensor(type), weight.ToTensor(type));
                using var weights = new Weights("self-check", new() { ["weight"] = isFlat ? kernels.squeeze(2) : kernels, ["bias"] = bias.ToTensor(type) }, []);
                return isFlat
                    ? new PaddedConvolution(weights, [.. weightShape[..2], .. weightShape[3..]], strides[1..], padding[1..]).Apply(input.squeeze(2))
                    : new PaddedConvolution(weights, weightShape, strides, padding).Apply(input);
            },
            () => Reference.Convolution(x.ToFloat64(), shape, weight.ToFloat64(), weightShape, bias.ToFloat64(), strides, padding));
    }

    private static CheckedOperation Attention(ScalarType type)
    {
        const int tokens = 40, keys = 24, width = 20;
        var (q, k, v) = (new Sample(1, 1, tokens, 1, width), new Sample(2, 1, keys, 1, width), new Sample(3, 1, keys, 1, width));
        return new(
            $"attention, {Text(type)}",
            Limit(type),
            $"{Aten} and {(type == ScalarType.Float32 ? Mkl : OneDnn)}",
            () => Transformer.Attention.Attend(q.ToTensor(type), k.ToTensor(type), v.ToTensor(type)),
            () => Reference.Attention(q.ToFloat64(), k.ToFloat64(), v.ToFloat64(), tokens, keys, width));
    }

    /// <summary>About ten roundings of a sum. A missing channel of 36 would exceed this more than tenfold, in bfloat16 too.</summary>
    private static double Limit(ScalarType type) => type == ScalarType.Float32 ? 1e-5 : 1e-2;

    private static string Text(ScalarType type) => type == ScalarType.Float32 ? "float32" : "bfloat16";
}
