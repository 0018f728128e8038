namespace Kinema.Wan.Tests;

public sealed class LibTorchTests
{
    [Fact]
    public void The_native_library_loads_and_computes()
    {
        using var sum = torch.arange(1, 5, dtype: torch.float32).sum();

        sum.item<float>().ShouldBe(10);
    }
}
