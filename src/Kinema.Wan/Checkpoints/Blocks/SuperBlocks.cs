namespace Kinema.Wan.Checkpoints.Blocks;

/// <summary>Blocks of 256 numbers in groups of 16 or 32, whose own scales (and minima) are whole numbers times a float16 of the block.</summary>
/// <remarks>The K kinds of ggml's file format (ggml-common.h and ggml-quants.c name the fields): number = d·scale·q − dmin·minimum, or d·scale·(q − offset).</remarks>
internal static class SuperBlocks
{
    private const int Numbers = 256, Group = 32, Small = 16;

    /// <summary>scales and minima of 4 bits [16], q of 2 bits [64], d, dmin.</summary>
    public static void Q2(ReadOnlySpan<byte> block, Span<float> to)
    {
        var scales = block[..16];
        var q = block[16..80];
        var (d, dmin) = (BlockNumbers.Half(block[80..]), BlockNumbers.Half(block[82..]));
        for (var group = 0; group < Numbers / Small; group++)
        {
            var (scale, minimum) = (d * (scales[group] & 15), dmin * (scales[group] >> 4));
            var bytes = TwoBits(q, group, out var shift);
            var target = to.Slice(Small * group, Small);
            for (var i = 0; i < Small; i++)
                target[i] = (scale * ((bytes[i] >> shift) & 3)) - minimum;
        }
    }

    /// <summary>high bits [32], q of 2 bits [64], scales of 6 bits [12], d.</summary>
    public static void Q3(ReadOnlySpan<byte> block, Span<float> to)
    {
        var high = block[..32];
        var q = block[32..96];
        var scales = block[96..108];
        var d = BlockNumbers.Half(block[108..]);
        for (var group = 0; group < Numbers / Small; group++)
        {
            var scale = d * BlockNumbers.SixBitScale(scales, group);
            var bytes = TwoBits(q, group, out var shift);
            var highs = high.Slice(group % 2 * Small, Small);
            var mask = 1 << (group / 2);
            var target = to.Slice(Small * group, Small);
            for (var i = 0; i < Small; i++)
                target[i] = scale * (((bytes[i] >> shift) & 3) - ((highs[i] & mask) != 0 ? 0 : 4));
        }
    }

    /// <summary>d, dmin, scales and minima of 6 bits [12], q of 4 bits [128].</summary>
    public static void Q4(ReadOnlySpan<byte> block, Span<float> to)
    {
        var q = block[16..];
        for (var pair = 0; pair < Numbers / (2 * Group); pair++)
        {
            var (scale1, minimum1) = ScaleAndMinimum(block, 2 * pair);
            var (scale2, minimum2) = ScaleAndMinimum(block, (2 * pair) + 1);
            var bytes = q.Slice(Group * pair, Group);
            var target = to.Slice(2 * Group * pair, 2 * Group);
            for (var i = 0; i < Group; i++)
            {
                target[i] = (scale1 * (bytes[i] & 15)) - minimum1;
                target[i + Group] = (scale2 * (bytes[i] >> 4)) - minimum2;
            }
        }
    }

    /// <summary>d, dmin, scales and minima of 6 bits [12], fifth bits [32], q of 4 bits [128].</summary>
    public static void Q5(ReadOnlySpan<byte> block, Span<float> to)
    {
        var high = block[16..48];
        var q = block[48..];
        for (var pair = 0; pair < Numbers / (2 * Group); pair++)
        {
            var (scale1, minimum1) = ScaleAndMinimum(block, 2 * pair);
            var (scale2, minimum2) = ScaleAndMinimum(block, (2 * pair) + 1);
            var bytes = q.Slice(Group * pair, Group);
            var target = to.Slice(2 * Group * pair, 2 * Group);
            for (var i = 0; i < Group; i++)
            {
                var bits = high[i] >> (2 * pair);
                target[i] = (scale1 * ((bytes[i] & 15) + ((bits & 1) << 4))) - minimum1;
                target[i + Group] = (scale2 * ((bytes[i] >> 4) + ((bits & 2) << 3))) - minimum2;
            }
        }
    }

    /// <summary>low 4 bits [128], high 2 bits [64], scales of 8 bits with sign [16], d.</summary>
    public static void Q6(ReadOnlySpan<byte> block, Span<float> to)
    {
        var low = block[..128];
        var high = block[128..192];
        var scales = block[192..208];
        var d = BlockNumbers.Half(block[208..]);
        for (var group = 0; group < Numbers / Small; group++)
        {
            // Each half of the block has four runs of 32: the low halves of 64 bytes, then their high halves.
            var (half, run, part) = (group / 8, group / 2 % 4, group % 2);
            var scale = d * (sbyte)scales[group];
            var lows = low.Slice((64 * half) + (Group * (run % 2)) + (Small * part), Small);
            var highs = high.Slice((Group * half) + (Small * part), Small);
            var (lowShift, highShift) = (run / 2 * 4, 2 * run);
            var target = to.Slice(Small * group, Small);
            for (var i = 0; i < Small; i++)
                target[i] = scale * ((((lows[i] >> lowShift) & 15) | (((highs[i] >> highShift) & 3) << 4)) - 32);
        }
    }

    private static (float Scale, float Minimum) ScaleAndMinimum(ReadOnlySpan<byte> block, int j)
    {
        var (scale, minimum) = BlockNumbers.ScaleAndMinimum(block[4..16], j);
        return (BlockNumbers.Half(block) * scale, BlockNumbers.Half(block[2..]) * minimum);
    }

    // Each half of the block has its 128 numbers in 32 bytes, of which a group of 16 takes the same two bits.
    private static ReadOnlySpan<byte> TwoBits(ReadOnlySpan<byte> q, int group, out int shift)
    {
        shift = group / 2 % 4 * 2;
        return q.Slice((group / 8 * Group) + (group % 2 * Small), Small);
    }
}
