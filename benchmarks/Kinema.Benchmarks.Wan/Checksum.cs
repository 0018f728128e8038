using System.Numerics;
using System.Runtime.InteropServices;
using Kinema.Wan.Checkpoints;
using TorchSharp;

namespace Kinema.Benchmarks.Wan;

/// <summary>Sums a tensor's memory as 64-bit words on all processors: it reads every bit at the speed of the memory.</summary>
internal static class Checksum
{
    private const int SliceBytes = 4 << 20;

    public static ulong Of(torch.Tensor tensor)
    {
        var (address, bytes) = (TensorMemory.AddressOf(tensor), tensor.numel() * tensor.ElementSize);
        var total = 0ul;
        Parallel.For(
            0L, (bytes + SliceBytes - 1) / SliceBytes, () => 0ul,
            (slice, _, sum) => sum + Of(TensorMemory.Span(address, slice * SliceBytes, (int)Math.Min(SliceBytes, bytes - (slice * SliceBytes)))),
            sum => Interlocked.Add(ref total, sum));
        return total;
    }

    private static ulong Of(ReadOnlySpan<byte> bytes)
    {
        // Four independent sums, so that additions need not wait for each other.
        var (a, b, c, d) = (Vector<ulong>.Zero, Vector<ulong>.Zero, Vector<ulong>.Zero, Vector<ulong>.Zero);
        var words = MemoryMarshal.Cast<byte, Vector<ulong>>(bytes);
        var i = 0;
        for (; i + 4 <= words.Length; i += 4)
        {
            a += words[i];
            b += words[i + 1];
            c += words[i + 2];
            d += words[i + 3];
        }

        for (; i < words.Length; i++)
            a += words[i];
        var sum = Vector.Sum(a + b + c + d);
        foreach (var rest in bytes[(words.Length * Vector<byte>.Count)..])
            sum += rest;
        return sum;
    }
}
