using TorchSharp;

namespace Kinema.Wan.Checkpoints.Loras;

/// <summary>The delta of one LoRA for one tensor: factor · up · down, or factor · difference if the file holds the full difference.</summary>
/// <remarks>Hu et al. 2021, eq. 3, with factor = strength · alpha / rank. Convolutions are matrices over all but their first axis.</remarks>
internal sealed record LoraDelta(StoredTensor? Up, StoredTensor? Down, StoredTensor? Difference, double Factor)
{
    /// <summary>Returns the delta's tensors on a device, in float32. The caller disposes them.</summary>
    public LoraTensors ToDevice(torch.Device device) => new(
        Up is null ? null : Matrix(Up, device), Down is null ? null : Matrix(Down, device), Difference is null ? null : Float32(Difference, device).reshape(-1), Factor);

    /// <summary>Rejects shapes that cannot be added to a tensor of this shape.</summary>
    public void CheckAgainst(StoredTensor target)
    {
        var shape = target.Entry.Shape;
        var fits = Difference is { } whole
            ? whole.Entry.Shape.SequenceEqual(shape) || whole.Entry.Count == target.Entry.Count
            : Up!.Entry.Shape is [var outputs, var rank, ..] && Down!.Entry.Shape is [var inner, ..] && rank == inner && shape is [var rows, _, ..]
                && Up.Entry.Count == outputs * rank && rows == outputs && Down.Entry.Count == rank * shape[1..].Aggregate(1L, (product, size) => product * size);
        if (!fits)
        {
            var source = Difference ?? Up!;
            throw new CheckpointException(
                $"{source.File.Path}: \"{source.Entry.Name}\" of shape {Text(source)}{(Down is null ? "" : $" with {Text(Down)}")} does not fit \"{target.Name}\" of shape {Text(target)}.");
        }
    }

    private static torch.Tensor Matrix(StoredTensor stored, torch.Device device) => Float32(stored, device).flatten(1);

    private static torch.Tensor Float32(StoredTensor stored, torch.Device device) => stored.File.View(stored.Entry).to(torch.float32, device);


    private static string Text(StoredTensor tensor) => $"[{string.Join(", ", tensor.Entry.Shape)}]";
}
