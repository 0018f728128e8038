using Kinema.Wan.Checkpoints.Conversion;
using Kinema.Wan.Checkpoints.Loras;
using Kinema.Wan.Checkpoints.Matrices;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>Loads stored tensors in the compute type onto the compute device.</summary>
/// <remarks>
/// Matrices may stay packed as their files store them, and their LoRAs beside them. Otherwise 8-bit numbers with scales and tensors with LoRAs are computed in float32 and then rounded once. On the CPU a tensor that already has its type stays in the
/// memory-mapped file; all processors together convert the others. For other devices the tensors are copied from the map in chunks. Besides the result only
/// such chunks use memory.
/// </remarks>
internal sealed class WeightLoader(Precision precision, torch.Device device, IProgress<LoadProgress>? progress = null, LoraSet? loras = null, IReadOnlySet<string>? packed = null)
{
    private const long ChunkBytes = 16 << 20;

    /// <exception cref="CheckpointException">A file cannot be mapped.</exception>
    public Weights Load(TensorSet set, CancellationToken ct = default)
    {
        LibTorch.Load();
        var loaded = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        var matrices = packed is null ? null : new PackedWeights(precision.Type, device);
        var reading = new ParallelLoad(set.Tensors.Values.Sum(t => t.Entry.Length), progress, ct);
        try
        {
            var chunks = new List<LoadChunk>();
            // In file order, in which disks read fastest.
            foreach (var stored in set.Tensors.Values.OrderBy(t => t.File.Path, StringComparer.Ordinal).ThenBy(t => t.Entry.Offset))
            {
                if (matrices is not null && StaysPacked(stored))
                    matrices.Add(stored.Name, Pack(stored, matrices.Buffer, chunks, reading));
                else
                    loaded[stored.Name] = LoadOne(stored, chunks, reading);
            }

            reading.Load(chunks);
            return new Weights(set.Source, loaded, loras?.Reports ?? [], matrices);
        }
        catch
        {
            foreach (var tensor in loaded.Values)
                tensor.Dispose();
            matrices?.Dispose();
            throw;
        }
    }

    /// <summary>Whether a tensor stays in the memory-mapped file and so needs no memory of its own.</summary>
    public static bool StaysMapped(StoredTensor stored, torch.ScalarType type, torch.Device device, bool changed) =>
        device.type == DeviceType.CPU && !changed && stored.Scale is null && stored.Entry.Type.ToTorch() == type && WeightsFile.IsAligned(stored.Entry);

    private bool StaysPacked(StoredTensor stored) =>
        packed!.Contains(stored.Name) && PackedMatrix.CanBe(stored, precision.For(stored), device, loras?.For(stored.Name) ?? []);

    private PackedMatrix Pack(StoredTensor stored, WideningBuffer buffer, List<LoadChunk> chunks, ParallelLoad reading)
    {
        using var scope = torch.NewDisposeScope();
        var change = new TypeConversion(stored.Entry.Type, precision.Type);
        var view = stored.File.View(stored.Entry);
        if (device.type == DeviceType.CPU)
            chunks.AddRange(LoadChunk.Of(stored.File.AddressOf(stored.Entry), 0, change, 0, stored.Entry.Count));
        else
            view = CopyAsStored(view, stored, reading);
        return new(
            view.DetachFromDisposeScope(), stored.Entry.Shape, change, stored.Scale is { } scale ? RowScale.Read(scale, stored) : null, buffer,
            LowRankTerm.Of(loras?.For(stored.Name) ?? [], precision.Type, device));
    }

    private torch.Tensor CopyAsStored(torch.Tensor source, StoredTensor stored, ParallelLoad reading)
    {
        var target = torch.empty(source.shape, source.dtype, device);
        foreach (var (start, count) in RowChunks.Of(source.shape, source.ElementSize, ChunkBytes))
        {
            using var chunk = torch.NewDisposeScope();
            RowChunks.Rows(target, start, count).copy_(RowChunks.Rows(source, start, count));
            reading.ReportBytes(count * (stored.Entry.Length / RowChunks.Count(source.shape)));
        }

        return target;
    }

    // Returns the tensor's memory. The added chunks fill it later.
    private torch.Tensor LoadOne(StoredTensor stored, List<LoadChunk> chunks, ParallelLoad reading)
    {
        using var scope = torch.NewDisposeScope();
        var change = new TypeConversion(stored.Entry.Type, precision.For(stored));
        var deltas = loras?.For(stored.Name) ?? [];
        var scale = stored.Scale is { } s ? RowScale.Read(s, stored) : null;
        if (device.type != DeviceType.CPU || !change.IsSupported)
            return CopyToDevice(stored, change.To, scale, deltas, reading).DetachFromDisposeScope();

        var numbers = stored.Entry.Count;
        if (deltas.Count > 0)
            return new LoraMerge(stored, change, scale, deltas).Run(reading).DetachFromDisposeScope();

        var stays = StaysMapped(stored, change.To, device, changed: false);
        var target = stays ? stored.File.View(stored.Entry) : TensorMemory.Allocate(stored.Entry.Shape, change.To);
        if (numbers > 0)
            chunks.AddRange(LoadChunk.Of(stored.File.AddressOf(stored.Entry), stays ? 0 : TensorMemory.AddressOf(target), change, 0, numbers, scale));
        return target.DetachFromDisposeScope();
    }

    private torch.Tensor CopyToDevice(StoredTensor stored, torch.ScalarType type, RowScale? scale, IReadOnlyList<LoraDelta> deltas, ParallelLoad reading)
    {
        var source = stored.File.View(stored.Entry);
        var factors = scale is null ? null : Shaped(scale, source).to(device);
        var changes = deltas.Select(delta => delta.ToDevice(device)).ToList();
        var target = torch.empty(stored.Entry.Shape, type, device);
        foreach (var (start, count) in RowChunks.Of(target.shape, stored.Entry.Type.IsBlock() ? sizeof(float) : source.ElementSize, ChunkBytes))
        {
            using var chunk = torch.NewDisposeScope();
            var values = (stored.Entry.Type.IsBlock() ? Widened(stored, start, count) : RowChunks.Rows(source, start, count)).to(device);
            if (factors is not null)
                values = values.to_type(torch.float32).mul(factors.numel() == 1 ? factors : RowChunks.Rows(factors, start, count));
            if (changes.Count > 0)
                values = values.to_type(torch.float32, copy: true);
            foreach (var change in changes)
                change.AddTo(values, start);
            RowChunks.Rows(target, start, count).copy_(values);
            reading.ReportBytes(count * stored.Entry.Length / Math.Max(1, RowChunks.Count(target.shape)));
        }

        return target;
    }

    // Rows of blocks in float32 on the CPU.
    private static torch.Tensor Widened(StoredTensor stored, long start, long count)
    {
        var rowLength = stored.Entry.Count / stored.Entry.Shape[0];
        var target = TensorMemory.Allocate([count, .. stored.Entry.Shape[1..]], torch.ScalarType.Float32);
        var front = TensorMemory.AddressOf(target) - (nint)(start * rowLength * sizeof(float));
        foreach (var chunk in LoadChunk.Of(stored.File.AddressOf(stored.Entry), front, new(stored.Entry.Type, torch.ScalarType.Float32), start * rowLength, count * rowLength))
            chunk.Load();
        return target;
    }

    // One number, or one for each row, shaped to broadcast over rows.
    private static torch.Tensor Shaped(RowScale scale, torch.Tensor scaled) => scale.Factors.Length == 1
        ? torch.tensor(scale.Factors)
        : torch.tensor(scale.Factors).reshape([-1, .. Enumerable.Repeat(1L, (int)scaled.dim() - 1)]);
}
