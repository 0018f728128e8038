namespace Kinema.Wan.Checkpoints;

/// <summary>The scale of an 8-bit tensor: one factor for all numbers, or one for each row.</summary>
/// <param name="Factors">One factor, or one for each row.</param>
/// <param name="RowLength">Number of numbers that share a factor.</param>
internal sealed record RowScale(float[] Factors, long RowLength)
{
    /// <exception cref="CheckpointException">The number of factors does not fit the rows.</exception>
    public static RowScale Read(StoredTensor scale, StoredTensor scaled)
    {
        var numbers = scaled.Entry.Count;
        var count = scale.Entry.Count;
        var rows = scaled.Entry.Shape.FirstOrDefault(1);
        if (count != 1 && (count != rows || scaled.Entry.Shape.Length == 0))
        {
            throw new CheckpointException(
                $"{scale.File.Path}: tensor \"{scale.Entry.Name}\" has {count} numbers; 1 or {rows} fit the tensor it scales.");
        }

        using var stored = scale.File.View(scale.Entry);
        using var float32 = stored.to_type(TorchSharp.torch.ScalarType.Float32);
        return new(float32.data<float>().ToArray(), count == 1 ? Math.Max(1, numbers) : Math.Max(1, numbers / Math.Max(1, rows)));
    }

    public float Of(long number) => Factors[number / RowLength];

    public long LeftInRow(long number) => RowLength - (number % RowLength);
}
