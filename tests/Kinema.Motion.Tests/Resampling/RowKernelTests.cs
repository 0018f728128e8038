using System.Runtime.Intrinsics.X86;
using Kinema.Motion.Resampling;

namespace Kinema.Motion.Tests.Resampling;

public sealed unsafe class RowKernelTests
{
    private readonly Random _random = new(7);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(333)]
    [InlineData(1920)]
    public void Vectors_give_exactly_what_the_definition_gives(int count)
    {
        Assert.SkipUnless(Avx2.IsSupported, "this processor has no AVX2");
        for (var round = 0; round < 50; round++)
        {
            var rows = Enumerable.Range(0, 4).Select(_ => Samples(count + Plane.Slack)).ToArray();
            Mix(new Avx2Kernel(), rows, count).ShouldBe(Mix(new ScalarKernel(), rows, count));
            var map = Map(count);
            Gather(new Avx2Kernel(), rows[0], map).ShouldBe(Gather(new ScalarKernel(), rows[0], map));
        }
    }

    [Fact]
    public void Weights_always_sum_up_to_one_and_pass_a_plain_row_unchanged()
    {
        var map = Map(1000);
        for (var i = 0; i < map.Length; i++)
            (map.Weights[4 * i] + map.Weights[(4 * i) + 1] + map.Weights[(4 * i) + 2] + map.Weights[(4 * i) + 3]).ShouldBe(1 << AxisMap.WeightBits);

        var plain = Enumerable.Repeat((short)(77 << Plane.Fraction), 1000 + Plane.Slack).ToArray();
        Gather(new ScalarKernel(), plain, map).ShouldAllBe(code => code == 77);
    }

    [Fact]
    public void A_shift_of_a_thousandth_of_a_sample_shows_in_the_weights()
    {
        var map = new AxisMap(1, 0.5);
        map.Point(0.5, 0.001, 1000);
        var before = map.Weights.ToArray();
        map.Point(0.500001, 0.001, 1000);

        map.Weights.ShouldNotBe(before);
    }

    /// <summary>A ramp has no detail to lose: wherever the crop lies, the frame shows the exact value at each place.</summary>
    [Fact]
    public void A_ramp_is_reproduced_at_every_fraction_of_a_sample()
    {
        var ramp = Enumerable.Range(0, 400 + Plane.Slack).Select(i => (short)(i * 32)).ToArray();
        for (var step = 0; step < 200; step++)
        {
            var map = new AxisMap(100, 0.5);
            map.Point(0.2 + (step * 0.0001), 0.5, 400);
            var codes = Gather(new ScalarKernel(), ramp, map);
            for (var i = 0; i < codes.Length; i++)
            {
                var place = ((0.2 + (step * 0.0001) + ((i + 0.5) / 100 * 0.5)) * 400) - 0.5;
                (codes[i] - (place * 0.5)).ShouldBeInRange(-0.52, 0.52);
            }
        }
    }

    private AxisMap Map(int length)
    {
        var map = new AxisMap(length, 0.5);
        map.Point(0.01, _random.NextDouble() * 0.9, length);
        for (var i = 0; i < length; i++)
            map.Starts[i] = Math.Clamp(map.Starts[i], 0, length);
        return map;
    }

    private short[] Samples(int count) => [.. Enumerable.Range(0, count).Select(_ => (short)_random.Next(0, 256 << Plane.Fraction))];

    private static short[] Mix(IRowKernel kernel, short[][] rows, int count)
    {
        var target = new short[count + Plane.Slack];
        short[] weights = [-1024, 9216, 9216, -1024];
        fixed (short* a = rows[0], b = rows[1], c = rows[2], d = rows[3], w = weights, t = target)
            kernel.Mix(a, b, c, d, w, t, count);
        return target[..count];
    }

    private static byte[] Gather(IRowKernel kernel, short[] row, AxisMap map)
    {
        var target = new byte[map.Length];
        fixed (short* r = row, w = map.Weights)
        fixed (int* s = map.Starts)
        fixed (byte* t = target)
            kernel.Gather(r, s, w, t, map.Length);
        return target;
    }
}
