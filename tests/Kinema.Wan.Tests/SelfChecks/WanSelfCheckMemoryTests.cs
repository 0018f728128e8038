using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests.SelfChecks;

[Collection(CountsTensors.Name)]
public sealed class WanSelfCheckMemoryTests
{
    [Fact]
    public void No_tensor_is_kept()
    {
        WanSelfCheck.Run();
        var before = CountsTensors.AfterCollection();

        for (var i = 0; i < 3; i++)
            WanSelfCheck.Run();

        torch.Tensor.TotalCount.ShouldBe(before);
    }
}
