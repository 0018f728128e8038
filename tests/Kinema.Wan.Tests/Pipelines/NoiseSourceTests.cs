using Kinema.Wan.Pipelines;

namespace Kinema.Wan.Tests.Pipelines;

public sealed class NoiseSourceTests
{
    /// <summary>The numbers PyTorch prints for <c>torch.manual_seed(0); torch.randn(16)</c>.</summary>
    [Fact]
    public void Seed_0_gives_the_numbers_of_PyTorch()
    {
        using var noise = NoiseSource.Draw(0, 1, 1, 4, 4);

        noise.data<float>().ToArray()[..4].ShouldBe([-1.1258f, -1.1524f, -0.2506f, -0.4339f], tolerance: 1e-4);
    }

    [Fact]
    public void A_seed_gives_the_same_noise_whatever_was_drawn_before()
    {
        using var first = NoiseSource.Draw(42, 16, 3, 6, 8);
        using var other = torch.randn(100);
        using var second = NoiseSource.Draw(42, 16, 3, 6, 8);

        (first - second).abs().max().item<float>().ShouldBe(0);
    }
}
