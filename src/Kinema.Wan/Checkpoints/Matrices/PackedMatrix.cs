using Kinema.Wan.Checkpoints.Conversion;
using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Checkpoints.Matrices;

/// <summary>A matrix that stays as its file stores it. Every product widens it first, all of it, to the numbers that loading would have given.</summary>
/// <param name="stored">The stored numbers [outputs, inputs] on the device; on the CPU a view of the memory-mapped file. Owned.</param>
/// <param name="shape">Its shape in numbers.</param>
/// <param name="change">From the stored type to the compute type.</param>
/// <param name="scale">The scale of its numbers; null for none.</param>
/// <param name="buffer">Where it is widened.</param>
/// <param name="loras">The LoRAs beside it; null for none. Owned.</param>
internal sealed class PackedMatrix(Tensor stored, long[] shape, TypeConversion change, RowScale? scale, WideningBuffer buffer, LowRankTerm? loras) : IMatrix, IDisposable
{
    private const long ChunkBytes = 64 << 20;

    public long[] Shape => shape;

    public ScalarType Type => buffer.Type;

    public Device Device => buffer.Device;

    /// <summary>
    /// Whether a matrix can stay packed: its numbers are stored in fewer bytes than they are computed in, the LoRAs on it have a low rank, and the device can
    /// widen it. Blocks of GGUF files are widened by processors only.
    /// </summary>
    public static bool CanBe(StoredTensor stored, ScalarType type, Device device, IReadOnlyList<Loras.LoraDelta> deltas) =>
        (device.type == DeviceType.CPU || !stored.Entry.Type.IsBlock()) &&
        stored.Entry is { Shape.Length: 2, Count: > 0 } && stored.Entry.Length < stored.Entry.Count * type.ElementSize()
        && new TypeConversion(stored.Entry.Type, type).IsSupported && deltas.All(delta => delta.Difference is null);

    public Tensor Multiply(Tensor x, Tensor? bias = null)
    {
        using var scope = NewDisposeScope();
        var y = nn.functional.linear(x, Widen(), bias);
        loras?.AddTo(y, x);
        return y.MoveToOuterDisposeScope();
    }

    public Tensor Rows(IReadOnlyList<int> indices)
    {
        if (loras is not null)
            throw new InvalidOperationException("No LoRA changes a matrix whose rows are taken.");

        using var scope = NewDisposeScope();
        var rows = empty([indices.Count, shape[1]], Type, Device);
        for (var i = 0; i < indices.Count; i++)
            WidenRows(rows.narrow(0, i, 1), indices[i], 1);
        return rows.MoveToOuterDisposeScope();
    }

    /// <summary>Returns the matrix in the compute type, valid until the next one is widened.</summary>
    public Tensor Widen()
    {
        var target = buffer.Take(shape[0], shape[1]);
        WidenRows(target, 0, shape[0]);
        return target;
    }

    public void Dispose()
    {
        stored.Dispose();
        loras?.Dispose();
    }

    private void WidenRows(Tensor target, long first, long rows)
    {
        if (Device.type == DeviceType.CPU)
            WidenOnProcessor(target, first, rows);
        else
            WidenOnDevice(target, first, rows);
    }

    private void WidenOnProcessor(Tensor target, long first, long rows)
    {
        var start = first * shape[1];
        // Chunks count from the front of the matrix, of which the target is a part.
        var front = TensorMemory.AddressOf(target) - (nint)(start * change.SizeTo);
        var chunks = LoadChunk.Of(TensorMemory.AddressOf(stored), front, change, start, rows * shape[1], scale);
        if (rows == 1)
        {
            foreach (var chunk in chunks)
                chunk.Load();
        }
        else
        {
            Parallel.ForEach(chunks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, get_num_threads()) }, chunk => chunk.Load());
        }
    }

    private void WidenOnDevice(Tensor target, long first, long rows)
    {
        foreach (var (start, count) in RowChunks.Of([rows, shape[1]], sizeof(float), ChunkBytes))
        {
            using var scope = NewDisposeScope();
            var numbers = stored.narrow(0, first + start, count);
            if (scale is not null)
            {
                var factors = scale.Factors.Length == 1 ? tensor(scale.Factors, device: Device) : tensor(scale.Factors.AsSpan((int)(first + start), (int)count).ToArray(), device: Device).unsqueeze(1);
                numbers = numbers.to_type(ScalarType.Float32).mul_(factors);
            }

            target.narrow(0, start, count).copy_(numbers);
        }
    }
}
