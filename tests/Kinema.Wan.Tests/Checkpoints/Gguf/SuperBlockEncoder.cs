namespace Kinema.Wan.Tests.Checkpoints.Gguf;

/// <summary>The K kinds of <see cref="BlockEncoder"/>: 256 numbers, whose groups have scales of their own.</summary>
internal static class SuperBlockEncoder
{
    public static (byte[] Block, float[] Means) Q6(float[] x)
    {
        var (scales, d, head) = Scales(x, 16, 31, 127);
        var q = Numbers(x, 16, group => d * scales[group], -32, 31);
        var (low, high) = (new byte[128], new byte[64]);
        for (var i = 0; i < 256; i++)
        {
            var (half, within) = (i / 128, i % 128);
            var number = q[i] + 32;
            low[(64 * half) + (within % 64)] |= (byte)((number & 15) << (within / 64 * 4));
            high[(32 * half) + (within % 32)] |= (byte)((number >> 4) << (within / 32 * 2));
        }

        return ([.. low, .. high, .. scales.Select(scale => (byte)(sbyte)scale), .. head], Means(q, 16, group => d * scales[group]));
    }

    public static (byte[] Block, float[] Means) Q3(float[] x)
    {
        var (scales, d, head) = Scales(x, 16, 3, 31);
        var q = Numbers(x, 16, group => d * scales[group], -4, 3);
        var (high, low, packed) = (new byte[32], new byte[64], new byte[12]);
        for (var i = 0; i < 256; i++)
        {
            var number = q[i] + 4;
            high[i % 32] |= (byte)((number >> 2) << (i / 32));
            low[(i / 128 * 32) + (i % 32)] |= (byte)((number & 3) << (i % 128 / 32 * 2));
        }

        for (var group = 0; group < 16; group++)
        {
            var scale = scales[group] + 32;
            packed[group % 8] |= (byte)((scale & 15) << (group / 8 * 4));
            packed[8 + (group % 4)] |= (byte)((scale >> 4) << (group / 4 * 2));
        }

        return ([.. high, .. low, .. packed, .. head], Means(q, 16, group => d * scales[group]));
    }

    public static (byte[] Block, float[] Means) Q2(float[] x)
    {
        var (scales, minima, d, dmin, head) = Affine(x, 16, 3, 15);
        var q = Numbers(x, 16, group => d * scales[group], 0, 3, group => dmin * minima[group]);
        var low = new byte[64];
        for (var i = 0; i < 256; i++)
            low[(i / 128 * 32) + (i % 32)] |= (byte)(q[i] << (i % 128 / 32 * 2));
        return ([.. scales.Zip(minima, (scale, minimum) => (byte)(scale | (minimum << 4))), .. low, .. head], Means(q, 16, group => d * scales[group], group => dmin * minima[group]));
    }

    public static (byte[] Block, float[] Means) Q45(float[] x, int bits)
    {
        var (scales, minima, d, dmin, head) = Affine(x, 32, (1 << bits) - 1, 63);
        var q = Numbers(x, 32, group => d * scales[group], 0, (1 << bits) - 1, group => dmin * minima[group]);
        var (packed, fifth, low) = (new byte[12], new byte[32], new byte[128]);
        for (var group = 0; group < 4; group++)
        {
            packed[group] = (byte)(scales[group] | ((scales[group + 4] >> 4) << 6));
            packed[group + 4] = (byte)(minima[group] | ((minima[group + 4] >> 4) << 6));
            packed[group + 8] = (byte)((scales[group + 4] & 15) | ((minima[group + 4] & 15) << 4));
        }

        for (var i = 0; i < 256; i++)
        {
            low[(i / 64 * 32) + (i % 32)] |= (byte)((q[i] & 15) << (i % 64 / 32 * 4));
            fifth[i % 32] |= (byte)((q[i] >> 4) << (i / 32));
        }

        return ([.. head, .. packed, .. bits == 5 ? fifth : [], .. low], Means(q, 32, group => d * scales[group], group => dmin * minima[group]));
    }

    private static (int[] Scales, float D, byte[] Head) Scales(float[] x, int length, int largest, int largestScale)
    {
        var wanted = x.Chunk(length).Select(group => group.Max(MathF.Abs) / largest).ToArray();
        var (head, d) = BlockEncoder.Half(wanted.Max() / largestScale);
        // Some scales are negative, as ggml's often are.
        return ([.. wanted.Select((scale, group) => BlockEncoder.Round(group % 3 == 1 ? -scale : scale, d, -largestScale - 1, largestScale))], d, head);
    }

    private static (int[] Scales, int[] Minima, float D, float Dmin, byte[] Head) Affine(float[] x, int length, int largest, int largestScale)
    {
        var minima = x.Chunk(length).Select(group => Math.Max(0, -group.Min())).ToArray();
        var wanted = x.Chunk(length).Select((group, i) => (group.Max() + minima[i]) / largest).ToArray();
        var (first, d) = BlockEncoder.Half(wanted.Max() / largestScale);
        var (second, dmin) = BlockEncoder.Half(minima.Max() / largestScale);
        return (
            [.. wanted.Select(scale => BlockEncoder.Round(scale, d, 0, largestScale))], [.. minima.Select(minimum => BlockEncoder.Round(minimum, dmin, 0, largestScale))], d, dmin,
            [.. first, .. second]);
    }

    private static int[] Numbers(float[] x, int length, Func<int, float> scale, int least, int most, Func<int, float>? minimum = null) =>
        [.. x.Select((number, i) => BlockEncoder.Round(number + (minimum?.Invoke(i / length) ?? 0), scale(i / length), least, most))];

    private static float[] Means(int[] q, int length, Func<int, float> scale, Func<int, float>? minimum = null) =>
        [.. q.Select((number, i) => minimum is null ? scale(i / length) * number : (scale(i / length) * number) - minimum(i / length))];
}
