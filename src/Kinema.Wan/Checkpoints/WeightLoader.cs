using Kinema.Wan.Checkpoints.Loras;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>Brings stored tensors into the type and onto the device a model computes with.</summary>
/// <remarks>
/// 8-bit numbers with scales and tensors with LoRAs are computed in float32 and then rounded once.
/// On the CPU a tensor that already has its type stays where it is, in the map; every other one is converted or sent from the map in pieces, so
/// that besides the result only one piece exists at a time.
/// </remarks>
internal sealed class WeightLoader(Precision precision, torch.Device device, IProgress<LoadProgress>? progress = null, LoraSet? loras = null)
{
    private const long PieceBytes = 16 << 20;
    private const int PageBytes = 4096;

    /// <exception cref="CheckpointException">A file could not be mapped.</exception>
    public Weights Load(TensorSet set, CancellationToken ct = default)
    {
        LibTorch.Prepare();
        var loaded = new Dictionary<string, torch.Tensor>(StringComparer.Ordinal);
        var read = new Reading(set.Tensors.Values.Sum(t => t.Entry.Length), progress, ct);
        try
        {
            // In the order of the file, which is the order a disk is fast in.
            foreach (var stored in set.Tensors.Values.OrderBy(t => t.File.Path, StringComparer.Ordinal).ThenBy(t => t.Entry.Offset))
                loaded[stored.Name] = LoadOne(stored, read);
            return new Weights(set.Source, loaded, loras?.Reports ?? []);
        }
        catch
        {
            foreach (var tensor in loaded.Values)
                tensor.Dispose();
            throw;
        }
    }

    private torch.Tensor LoadOne(StoredTensor stored, Reading read)
    {
        using var scope = torch.NewDisposeScope();
        var type = precision.For(stored);
        var source = stored.File.View(stored.Entry);
        var deltas = loras?.For(stored.Name) ?? [];
        if (device.type == DeviceType.CPU && stored.Scale is null && deltas.Count == 0 && source.dtype == type)
        {
            Touch(source, read);
            return source.DetachFromDisposeScope();
        }

        var scale = stored.Scale is { } s ? Scale(s, source) : null;
        var target = torch.empty(source.shape, type, device);
        foreach (var (start, count) in Pieces(source))
        {
            using var piece = torch.NewDisposeScope();
            var values = Rows(source, start, count);
            values = stored.Entry.Type.IsFloat8() && device.type == DeviceType.CPU ? Float8.Widen(values, stored.Entry.Type) : values.to(device);
            if (scale is not null)
                values = values.to_type(torch.float32).mul(scale.numel() == 1 ? scale : Rows(scale, start, count));
            foreach (var delta in deltas)
                values = values.to_type(torch.float32).add(delta.Rows(start, values.shape, device));
            Rows(target, start, count).copy_(values);
            read.Add(count * (stored.Entry.Length / Math.Max(1, RowCount(source))));
        }

        return target.DetachFromDisposeScope();
    }

    // One number, or one for each row, shaped so that it multiplies rows.
    private torch.Tensor Scale(StoredTensor scale, torch.Tensor scaled)
    {
        var values = scale.File.View(scale.Entry).to(torch.float32, device);
        if (values.numel() == 1)
            return values.reshape(1);
        if (scaled.dim() == 0 || values.numel() != scaled.shape[0])
            throw new CheckpointException(
                $"{scale.File.Path}: tensor \"{scale.Entry.Name}\" has {values.numel()} numbers; 1 or {(scaled.dim() == 0 ? 1 : scaled.shape[0])} fit the tensor it scales.");
        return values.reshape([-1, .. Enumerable.Repeat(1L, (int)scaled.dim() - 1)]);
    }

    private static IEnumerable<(long Start, long Count)> Pieces(torch.Tensor tensor)
    {
        var rows = RowCount(tensor);
        var rowBytes = Math.Max(1, tensor.numel() * tensor.ElementSize / Math.Max(1, rows));
        var step = Math.Clamp(PieceBytes / rowBytes, 1, Math.Max(1, rows));
        for (long start = 0; start < rows; start += step)
            yield return (start, Math.Min(step, rows - start));
    }

    private static long RowCount(torch.Tensor tensor) => tensor.dim() == 0 ? 1 : tensor.shape[0];

    private static torch.Tensor Rows(torch.Tensor tensor, long start, long count) => tensor.dim() == 0 ? tensor : tensor.narrow(0, start, count);

    // Reads one byte of each page, so that progress is true and a failing disk shows while loading, not within a generation.
    private static void Touch(torch.Tensor tensor, Reading read)
    {
        foreach (var (start, count) in Pieces(tensor))
        {
            using var rows = Rows(tensor, start, count).alias();
            var bytes = rows.bytes;
            for (var i = 0; i < bytes.Length; i += PageBytes)
                Volatile.Read(ref bytes[i]);
            read.Add(bytes.Length);
        }
    }

    /// <summary>Counts bytes, reports them, and stops when asked to.</summary>
    private sealed class Reading(long total, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        private long _done;

        public void Add(long bytes)
        {
            ct.ThrowIfCancellationRequested();
            _done += bytes;
            progress?.Report(new LoadProgress(_done, total));
        }
    }
}
