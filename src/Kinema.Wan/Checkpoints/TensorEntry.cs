namespace Kinema.Wan.Checkpoints;

/// <summary>A tensor's entry in a file's header.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its shape, row-major; empty for a single number.</param>
/// <param name="Offset">Start of its bytes, from the start of the file.</param>
/// <param name="Length">Number of bytes.</param>
internal sealed record TensorEntry(string Name, StoredType Type, long[] Shape, long Offset, long Length)
{
    /// <summary>Number of elements.</summary>
    public long Count => Length / Type.BlockBytes() * Type.BlockLength();
}
