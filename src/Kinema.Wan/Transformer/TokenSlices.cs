using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Slices bfloat16 hidden states for float32 arithmetic on a CPU, small enough that all steps on a slice run in the cache.</summary>
internal static class TokenSlices
{
    private const long ElementsPerThread = 1 << 18;

    /// <summary>Returns start and length of every slice of x: [..., tokens, channels]; one slice for float32, or on a GPU.</summary>
    public static IEnumerable<(long Start, long Length)> Of(Tensor x)
    {
        var tokens = x.shape[^2];
        var length = x.dtype == ScalarType.Float32 || x.device_type != DeviceType.CPU
            ? tokens
            : Math.Max(1, ElementsPerThread * get_num_threads() / x.shape[^1]);
        for (var start = 0L; start < tokens; start += length)
            yield return (start, Math.Min(length, tokens - start));
    }
}
