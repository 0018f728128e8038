using Kinema.Wan.Checkpoints.Conversion;
using TorchSharp;

namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>Loads a tensor on the CPU and merges LoRAs: chunks of rows in float32, products added in place, rounded once.</summary>
internal sealed class LoraMerge(StoredTensor stored, TypeConversion change, RowScale? scale, IReadOnlyList<LoraDelta> deltas)
{
    private const long ChunkBytes = 32 << 20;

    public torch.Tensor Run(ParallelLoad reading)
    {
        using var scope = torch.NewDisposeScope();
        var shape = stored.Entry.Shape;
        var target = TensorMemory.Allocate(shape, change.To);
        if (target.numel() == 0)
            return target.MoveToOuterDisposeScope();

        var changes = deltas.Select(delta => delta.ToDevice(torch.CPU)).ToList();
        var source = stored.File.AddressOf(stored.Entry);
        var rowLength = target.numel() / RowChunks.Count(shape);
        foreach (var (start, count) in RowChunks.Of(shape, sizeof(float), ChunkBytes))
        {
            using var chunk = torch.NewDisposeScope();
            var rows = RowChunks.Rows(target, start, count);
            var float32Rows = change.To == torch.ScalarType.Float32 ? rows : TensorMemory.Allocate(rows.shape, torch.ScalarType.Float32);
            var (first, numbers) = (start * rowLength, count * rowLength);
            // Pieces count from the front of the tensor, of which the float32 rows are a part.
            var front = TensorMemory.AddressOf(float32Rows) - (nint)(first * sizeof(float));
            reading.RunUncounted([.. LoadChunk.Of(source, front, change with { To = torch.ScalarType.Float32 }, first, numbers, scale)]);
            foreach (var one in changes)
                one.AddTo(float32Rows, start);
            if (change.To != torch.ScalarType.Float32)
                reading.RunUncounted([.. LoadChunk.Of(TensorMemory.AddressOf(float32Rows), TensorMemory.AddressOf(rows), new(StoredType.F32, change.To), 0, numbers)]);
            reading.ReportBytes(change.BytesOf(numbers));
        }

        return target.MoveToOuterDisposeScope();
    }
}
