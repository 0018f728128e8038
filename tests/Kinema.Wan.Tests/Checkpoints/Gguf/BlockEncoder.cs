using Kinema.Wan.Checkpoints;

namespace Kinema.Wan.Tests.Checkpoints.Gguf;

/// <summary>Quantises numbers to blocks of GGUF files, written from the published layout, and says which numbers the blocks stand for by their rules.</summary>
internal static class BlockEncoder
{
    public static IReadOnlyList<StoredType> Types { get; } =
        [StoredType.Q8_0, StoredType.Q6_K, StoredType.Q5_K, StoredType.Q4_K, StoredType.Q3_K, StoredType.Q2_K, StoredType.Q5_1, StoredType.Q5_0, StoredType.Q4_1, StoredType.Q4_0];

    /// <param name="type">A block type.</param>
    /// <param name="numbers">Whole blocks of them.</param>
    /// <returns>The bytes, and the number that each of them stands for.</returns>
    public static (byte[] Bytes, float[] Expected) Encode(StoredType type, ReadOnlySpan<float> numbers)
    {
        var (bytes, expected) = (new List<byte>(), new List<float>());
        for (var (at, length) = (0, type.BlockLength()); at < numbers.Length; at += length)
        {
            var x = numbers.Slice(at, length).ToArray();
            var (block, means) = type switch
            {
                StoredType.Q8_0 => Signed(x, 127, 8),
                StoredType.Q4_0 => Signed(x, 7, 4),
                StoredType.Q5_0 => Signed(x, 15, 5),
                StoredType.Q4_1 => Affine(x, 4),
                StoredType.Q5_1 => Affine(x, 5),
                StoredType.Q6_K => SuperBlockEncoder.Q6(x),
                StoredType.Q3_K => SuperBlockEncoder.Q3(x),
                StoredType.Q2_K => SuperBlockEncoder.Q2(x),
                StoredType.Q4_K => SuperBlockEncoder.Q45(x, 4),
                _ => SuperBlockEncoder.Q45(x, 5),
            };
            block.Length.ShouldBe(type.BlockBytes());
            bytes.AddRange(block);
            expected.AddRange(means);
        }

        return ([.. bytes], [.. expected]);
    }

    /// <summary>The float16 nearest to a number: its bytes and its value.</summary>
    internal static (byte[] Bytes, float Value) Half(float number) => (BitConverter.GetBytes((Half)number), (float)(Half)number);

    /// <summary>The whole number nearest to x / scale, within bounds.</summary>
    internal static int Round(float x, float scale, int least, int most) => scale == 0 ? Math.Clamp(0, least, most) : (int)Math.Clamp(MathF.Round(x / scale), least, most);

    private static (byte[], float[]) Signed(float[] x, int largest, int bits)
    {
        var (head, d) = Half(x.Max(MathF.Abs) / largest);
        var q = x.Select(number => Round(number, d, -largest - 1, largest)).ToArray();
        var means = q.Select(number => number * d).ToArray();
        return bits == 8
            ? ([.. head, .. q.Select(number => (byte)(sbyte)number)], means)
            : ([.. head, .. Split([.. q.Select(number => number + largest + 1)], bits)], means);
    }

    private static (byte[], float[]) Affine(float[] x, int bits)
    {
        var most = (1 << bits) - 1;
        var (head, d) = Half((x.Max() - x.Min()) / most);
        var (second, m) = Half(x.Min());
        var q = x.Select(number => Round(number - m, d, 0, most)).ToArray();
        return ([.. head, .. second, .. Split(q, bits)], [.. q.Select(number => (number * d) + m)]);
    }

    // The fifth bits in 4 bytes, the i-th bit for the i-th number; then bytes with the low four bits of numbers i and i + 16.
    private static byte[] Split(int[] q, int bits)
    {
        var fifth = Enumerable.Range(0, 32).Aggregate(0u, (sum, i) => sum | ((uint)(q[i] >> 4) << i));
        var low = Enumerable.Range(0, 16).Select(i => (byte)((q[i] & 15) | ((q[i + 16] & 15) << 4)));
        return bits == 5 ? [.. BitConverter.GetBytes(fifth), .. low] : [.. low];
    }
}
