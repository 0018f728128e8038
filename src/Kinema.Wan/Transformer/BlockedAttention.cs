using Kinema.Wan.Arithmetic;
using static TorchSharp.torch;

namespace Kinema.Wan.Transformer;

/// <summary>Attention in bfloat16 on a CPU: head by head, in blocks of queries, each with a matrix product, a softmax and a matrix product.</summary>
/// <remarks>
/// libtorch's fused attention multiplies small tiles, on which its bfloat16 products reach about 40 % of their speed. Whole blocks reach most of it. Scores
/// are rounded to bfloat16 before the softmax, which computes in float32. Only one block of scores exists at a time, whatever the length.
/// </remarks>
internal static class BlockedAttention
{
    // A block of scores has at most 16 MB. Larger ones exceed the cache, and from 32 MB on the allocator returns them to the system after every block.
    private const long MaximumBlockElements = 8 << 20;
    private const long MaximumQueryRows = 512;

    /// <summary>Whether this is faster than libtorch's fused attention.</summary>
    public static bool IsFaster(TorchSharp.DeviceType device, ScalarType type) => device == TorchSharp.DeviceType.CPU && type == ScalarType.BFloat16;

    /// <summary>q: [batch, tokens, heads, d]; k, v: [batch, keys, heads, d] → [batch, tokens, heads·d].</summary>
    public static Tensor Attend(Tensor q, Tensor k, Tensor v)
    {
        using var scope = NewDisposeScope();
        var result = empty(q.shape, q.dtype, q.device);
        var scaled = q.Times(1 / Math.Sqrt(q.shape[3]));
        for (var sample = 0L; sample < q.shape[0]; sample++)
        {
            for (var head = 0L; head < q.shape[2]; head++)
                Attend(Of(scaled, sample, head), Of(k, sample, head), Of(v, sample, head), Of(result, sample, head));
        }

        return result.flatten(2).MoveToOuterDisposeScope();
    }

    /// <summary>One head; q, target: [tokens, d]; k, v: [keys, d].</summary>
    private static void Attend(Tensor q, Tensor k, Tensor v, Tensor target)
    {
        using var scope = NewDisposeScope();
        var (keys, values) = (k.contiguous().t(), v.contiguous());
        var (tokens, rows) = (q.shape[0], Math.Clamp(MaximumBlockElements / k.shape[0], 1, MaximumQueryRows));
        for (var start = 0L; start < tokens; start += rows)
        {
            using var step = NewDisposeScope();
            var count = Math.Min(rows, tokens - start);
            var weights = q.narrow(0, start, count).mm(keys).softmax(-1);
            target.narrow(0, start, count).copy_(weights.mm(values));
        }
    }

    private static Tensor Of(Tensor x, long sample, long head) => x[sample].select(1, head);
}
