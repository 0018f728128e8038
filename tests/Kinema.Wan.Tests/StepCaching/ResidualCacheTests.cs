using Kinema.Wan.Tests.Fixtures;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.Tests.StepCaching;

[Collection(CountsTensors.Name)]
public sealed class ResidualCacheTests
{
    [Theory]
    [InlineData(torch.ScalarType.Float32, 0)]
    [InlineData(torch.ScalarType.BFloat16, 0.05)]
    public void The_cached_residual_is_added_to_later_hidden_states(torch.ScalarType type, double tolerance)
    {
        using var scope = torch.NewDisposeScope();
        using var residual = new ResidualCache();
        var stream = torch.ones(1, 3, 2, dtype: type);
        residual.BeforeBlocks(stream);
        stream.add_(torch.arange(6, dtype: type).view(1, 3, 2));
        residual.AfterBlocks(stream);

        var later = torch.full([1, 3, 2], 10, dtype: type);
        residual.AddTo(later);

        (later - 10 - torch.arange(6).view(1, 3, 2)).abs().max().to_type(torch.float32).item<float>().ShouldBeLessThanOrEqualTo((float)tolerance);
        residual.RelativeChange.ShouldBeNull();
    }

    /// <summary>First 3 and 4 everywhere, then 3 and 0: the difference is 4 of 3. 5,000 tokens are more than one slice.</summary>
    [Fact]
    public void The_relative_change_is_the_distance_relative_to_the_later_residual()
    {
        using var scope = torch.NewDisposeScope();
        using var residual = new ResidualCache();
        Pass(residual, [3, 4]);
        Pass(residual, [3, 0]);

        residual.RelativeChange!.Value.ShouldBe(4 / 3.0, 1e-4);
    }

    [Fact]
    public void No_residual_exists_before_a_pass_with_blocks_and_no_tensor_is_left_after_an_interrupted_one()
    {
        var before = CountsTensors.AfterCollection();
        using (var stream = torch.zeros(1, 2, 2))
        using (var residual = new ResidualCache())
        {
            Should.Throw<InvalidOperationException>(() => residual.AddTo(stream));
            residual.BeforeBlocks(stream);
            residual.AfterBlocks(stream);
            residual.BeforeBlocks(stream);
        }

        torch.Tensor.TotalCount.ShouldBe(before);
    }

    private static void Pass(ResidualCache residual, float[] added)
    {
        var stream = torch.zeros(1, 5000, 2);
        residual.BeforeBlocks(stream);
        stream.add_(torch.tensor(added));
        residual.AfterBlocks(stream);
    }
}
