using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>The pieces in which a bfloat16 stream is worked on in float32 on a CPU, small enough that all steps of one piece find it in the cache.</summary>
internal static class TokenSlices
{
    private const long ElementsPerThread = 1 << 18;

    /// <summary>Start and length of every piece of x: [..., tokens, channels]; one piece where nothing has to be widened, or on a GPU.</summary>
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
