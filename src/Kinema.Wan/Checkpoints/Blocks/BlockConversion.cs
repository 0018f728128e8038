namespace Kinema.Wan.Checkpoints.Blocks;

/// <summary>Blocks → float32, with the operations of ggml in their order, so to the same bits.</summary>
internal static class BlockConversion
{
    /// <param name="type">A block type.</param>
    /// <param name="from">Whole blocks.</param>
    /// <param name="to">Their numbers.</param>
    public static void ToSingle(StoredType type, ReadOnlySpan<byte> from, Span<float> to)
    {
        var (bytes, numbers) = (type.BlockBytes(), type.BlockLength());
        for (; !to.IsEmpty; from = from[bytes..], to = to[numbers..])
            Block(type, from[..bytes], to[..numbers]);
    }

    private static void Block(StoredType type, ReadOnlySpan<byte> block, Span<float> to)
    {
        switch (type)
        {
            case StoredType.Q4_0 or StoredType.Q4_1:
                LegacyBlocks.Q4(block, to, type == StoredType.Q4_1);
                break;
            case StoredType.Q5_0 or StoredType.Q5_1:
                LegacyBlocks.Q5(block, to, type == StoredType.Q5_1);
                break;
            case StoredType.Q8_0:
                LegacyBlocks.Q8(block, to);
                break;
            case StoredType.Q2_K:
                SuperBlocks.Q2(block, to);
                break;
            case StoredType.Q3_K:
                SuperBlocks.Q3(block, to);
                break;
            case StoredType.Q4_K:
                SuperBlocks.Q4(block, to);
                break;
            case StoredType.Q5_K:
                SuperBlocks.Q5(block, to);
                break;
            case StoredType.Q6_K:
                SuperBlocks.Q6(block, to);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, null);
        }
    }
}
