namespace Kinema.Wan.Checkpoints;

/// <summary>One tensor as a safetensors header describes it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape, row-major; empty for a single number.</param>
/// <param name="Offset">Where its bytes begin, from the start of the file.</param>
/// <param name="Length">How many bytes it has.</param>
internal sealed record TensorEntry(string Name, StoredType Type, long[] Shape, long Offset, long Length)
{
    /// <summary>How many numbers it has.</summary>
    public long Count => Length / Type.Size();
}
