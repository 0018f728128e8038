namespace Kinema.Wan.Tests;

public sealed class NnPackTests
{
    /// <summary>
    /// On processors it does not know, libtorch 2.10 writes "Could not initialize NNPACK! Reason: Unsupported hardware." for every small 2-D convolution.
    /// </summary>
    [Fact]
    public void Libtorch_does_not_use_nnpack()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere libtorch has no NNPACK.");

        NnPack.IsEnabled.ShouldBe(false);
    }
}
