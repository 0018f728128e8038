using Kinema.Wan.Checkpoints.Conversion;
using TorchSharp;

namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>Loads a tensor on the CPU with what LoRAs add to it: rows in float32, the products added where they lie, rounded once.</summary>
internal sealed class LoraMerge(StoredTensor stored, TypeChange change, RowScale? scale, IReadOnlyList<LoraDelta> deltas)
{
    private const long PieceBytes = 32 << 20;

    public torch.Tensor Run(Reading reading)
    {
        using var scope = torch.NewDisposeScope();
        var shape = stored.Entry.Shape;
        var target = Memory.Fresh(shape, change.To);
        if (target.numel() == 0)
            return target.MoveToOuterDisposeScope();

        var changes = deltas.Select(delta => delta.On(torch.CPU)).ToList();
        var source = stored.File.AddressOf(stored.Entry);
        var rowLength = target.numel() / RowPieces.Count(shape);
        foreach (var (start, count) in RowPieces.Of(shape, sizeof(float), PieceBytes))
        {
            using var piece = torch.NewDisposeScope();
            var rows = RowPieces.Rows(target, start, count);
            var wide = change.To == torch.ScalarType.Float32 ? rows : Memory.Fresh(rows.shape, torch.ScalarType.Float32);
            var (first, numbers) = (start * rowLength, count * rowLength);
            // Pieces count from the front of the tensor, of which the wide rows are a part.
            var front = Memory.AddressOf(wide) - (nint)(first * sizeof(float));
            reading.Work([.. LoadPiece.Of(source, front, change with { To = torch.ScalarType.Float32 }, first, numbers, scale)]);
            foreach (var one in changes)
                one.AddTo(wide, start);
            if (change.To != torch.ScalarType.Float32)
                reading.Work([.. LoadPiece.Of(Memory.AddressOf(wide), Memory.AddressOf(rows), new(StoredType.F32, change.To), 0, numbers)]);
            reading.Add(numbers * change.SizeFrom);
        }

        return target.MoveToOuterDisposeScope();
    }
}
