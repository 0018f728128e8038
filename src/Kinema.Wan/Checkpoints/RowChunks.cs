using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>Splits tensors into chunks along their first axis.</summary>
internal static class RowChunks
{
    public static IEnumerable<(long Start, long Count)> Of(long[] shape, long elementBytes, long chunkBytes)
    {
        var rows = Count(shape);
        var rowBytes = Math.Max(1, shape.Aggregate(elementBytes, (product, size) => product * size) / Math.Max(1, rows));
        var step = Math.Clamp(chunkBytes / rowBytes, 1, Math.Max(1, rows));
        for (long start = 0; start < rows; start += step)
            yield return (start, Math.Min(step, rows - start));
    }

    public static long Count(long[] shape) => shape.Length == 0 ? 1 : shape[0];

    public static torch.Tensor Rows(torch.Tensor tensor, long start, long count) => tensor.dim() == 0 ? tensor : tensor.narrow(0, start, count);
}
