using Kinema.Wan.Transformer;

namespace Kinema.Wan.Tests.Transformer;

[Trait("Set", "isa")]
public sealed class BlockedAttentionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 8)]
    [InlineData(2, 37, 37, 3, 16)]
    [InlineData(1, 1031, 1031, 2, 32)]
    [InlineData(2, 515, 77, 5, 64)]
    [InlineData(1, 13, 512, 12, 128)]
    [InlineData(1, 700, 16_411, 1, 8)]
    public void Attention_in_blocks_of_queries_is_attention(int batch, int tokens, int keys, int heads, int channels)
    {
        using var scope = torch.NewDisposeScope();
        var (q, k, v) = (Draw(1, batch, tokens, heads, channels), Draw(2, batch, keys, heads, channels), Draw(3, batch, keys, heads, channels));

        var plain = Plain(q, k, v);

        Distance(BlockedAttention.Attend(q, k, v), plain).ShouldBeLessThan(1e-5);
        Distance(BlockedAttention.Attend(Half(q), Half(k), Half(v)), Plain(Wide(Half(q)), Wide(Half(k)), Wide(Half(v)))).ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Queries_and_keys_that_are_views_are_read_and_not_written()
    {
        using var scope = torch.NewDisposeScope();
        var joined = Half(Draw(4, 2, 33, 3, 3 * 16));
        var before = joined.clone();
        var parts = joined.chunk(3, -1);

        var viewed = BlockedAttention.Attend(parts[0], parts[1], parts[2]);
        var copied = BlockedAttention.Attend(parts[0].clone(), parts[1].clone(), parts[2].clone());

        viewed.shape.ShouldBe([2, 33, 48]);
        Distance(viewed, Wide(copied)).ShouldBeLessThan(1e-3);
        joined.eq(before).all().item<bool>().ShouldBeTrue();
    }

    [Fact]
    public void It_is_used_for_bfloat16_on_the_CPU_only()
    {
        BlockedAttention.IsFaster(DeviceType.CPU, torch.ScalarType.BFloat16).ShouldBeTrue();
        BlockedAttention.IsFaster(DeviceType.CPU, torch.ScalarType.Float32).ShouldBeFalse();
        BlockedAttention.IsFaster(DeviceType.CUDA, torch.ScalarType.BFloat16).ShouldBeFalse();
    }

    private static torch.Tensor Draw(long seed, params long[] shape)
    {
        using var generator = new torch.Generator((ulong)seed);
        return torch.randn(shape, generator: generator);
    }

    private static torch.Tensor Half(torch.Tensor x) => x.to_type(torch.bfloat16);

    private static torch.Tensor Wide(torch.Tensor x) => x.to_type(torch.float32);

    // As equation 1 of the paper writes it, in double precision.
    private static torch.Tensor Plain(torch.Tensor q, torch.Tensor k, torch.Tensor v)
    {
        var (rows, columns, values) = (Heads(q), Heads(k), Heads(v));
        var weights = rows.matmul(columns.transpose(2, 3)).div(Math.Sqrt(q.shape[3])).softmax(-1);
        return weights.matmul(values).transpose(1, 2).flatten(2);
    }

    private static torch.Tensor Heads(torch.Tensor x) => x.to_type(torch.float64).transpose(1, 2);

    /// <summary>The root mean square of the difference over that of what is right.</summary>
    private static double Distance(torch.Tensor got, torch.Tensor right) =>
        ((got.to_type(torch.float64) - right).square().mean().sqrt() / right.to_type(torch.float64).square().mean().sqrt()).item<double>();
}
