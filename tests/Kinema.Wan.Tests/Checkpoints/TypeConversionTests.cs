using System.Runtime.InteropServices;
using Kinema.Wan.Checkpoints;
using Kinema.Wan.Checkpoints.Conversion;

namespace Kinema.Wan.Tests.Checkpoints;

/// <summary>Every number of a stored type converts bit for bit as in libtorch; a NaN only has to stay NaN.</summary>
public sealed class TypeConversionTests
{
    private static readonly torch.ScalarType[] _targets = [torch.float32, torch.bfloat16];

    // Exact, inexact, one that makes subnormals and one that makes infinities.
    private static readonly float?[] _scales = [null, 1, 0.0123456f, -3.7f, 1e-38f, 3e38f];

    [Theory]
    [InlineData("F8_E4M3")]
    [InlineData("F8_E5M2")]
    [InlineData("I8")]
    [InlineData("U8")]
    public void All_256_numbers_of_eight_bits(string type) => Check(type, [.. Enumerable.Range(0, 256).Select(i => (byte)i)]);

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void All_65536_numbers_of_sixteen_bits(string type) =>
        Check(type, MemoryMarshal.AsBytes<ushort>(Enumerable.Range(0, 65536).Select(i => (ushort)i).ToArray()).ToArray());

    [Fact]
    public void Every_upper_half_of_a_float_with_lower_halves_around_the_middle()
    {
        uint[] lower = [0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF];
        var bits = Enumerable.Range(0, 65536).SelectMany(upper => lower.Select(half => ((uint)upper << 16) | half)).ToArray();
        Check("F32", MemoryMarshal.AsBytes<uint>(bits).ToArray());
    }

    [Fact]
    public void Doubles_of_every_size()
    {
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 5000).Select(i => Math.ScaleB(random.NextDouble() - 0.5, (i % 400) - 200));
        Check("F64", MemoryMarshal.AsBytes<double>(numbers.Concat([0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity]).ToArray()).ToArray());
    }

    [Theory]
    [InlineData("F8_E4M3", 1)]
    [InlineData("F16", 2)]
    [InlineData("F32", 4)]
    public void Any_count_at_any_address_without_writing_beyond_it(string name, int size)
    {
        var bytes = new byte[20_000];
        new Random(2).NextBytes(bytes);
        foreach (var target in _targets)
        {
            var change = new TypeConversion(StoredTypes.Parse(name)!.Value, target);
            var all = new byte[bytes.Length / size * change.SizeTo];
            change.Run(bytes, all, null);
            foreach (var count in (int[])[0, 1, 31, 32, 33, 2047, 2048, 2049, 4500])
            {
                var at = new byte[1 + (count * size)];
                bytes.AsSpan(0, count * size).CopyTo(at.AsSpan(1));
                var into = new byte[(count * change.SizeTo) + 1];
                into[^1] = 77;
                change.Run(at.AsSpan(1), into.AsSpan(0, count * change.SizeTo), null);

                into.AsSpan(0, count * change.SizeTo).SequenceEqual(all.AsSpan(0, count * change.SizeTo)).ShouldBeTrue($"{count} of {name} as {target}");
                into[^1].ShouldBe((byte)77);
            }
        }
    }

    private static void Check(string name, byte[] bytes)
    {
        using var scope = torch.NewDisposeScope();
        var type = StoredTypes.Parse(name)!.Value;
        var stored = torch.empty(bytes.Length / type.Size(), type.ToTorch());
        bytes.CopyTo(stored.bytes);
        foreach (var target in _targets)
        {
            foreach (var scale in _scales)
            {
                var change = new TypeConversion(type, target);
                change.IsSupported.ShouldBeTrue();
                var actual = torch.empty(stored.shape, target);
                change.Run(bytes, actual.bytes, scale);
                var expected = scale is null ? stored.to_type(target) : stored.to_type(torch.float32).mul(scale.Value).to_type(target);
                Bits(actual).ShouldBe(Bits(expected), $"{name} as {target}, times {scale}");
            }
        }
    }

    private static uint[] Bits(torch.Tensor tensor)
    {
        using var float32 = tensor.to_type(torch.float32);
        return [.. float32.data<float>().ToArray().Select(value => float.IsNaN(value) ? 0x7FC00000 : BitConverter.SingleToUInt32Bits(value))];
    }
}
