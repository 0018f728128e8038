using Kinema.Wan.Pipelines;

namespace Kinema.Wan.Tests.Pipelines;

public sealed class DevicesTests
{
    [Fact]
    public void The_cpu_is_always_available() => Devices.Open("cpu").type.ShouldBe(DeviceType.CPU);

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("CUDA")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:99999999999")]
    [InlineData("cpu\n")]
    [InlineData("meta")]
    public void An_invalid_device_name_is_rejected_with_the_allowed_ones(string name) =>
        Should.Throw<ArgumentException>(() => Devices.Open(name)).Message.ShouldBe($"Device must be cpu, cuda or cuda:N; got \"{name}\".");

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    public void Without_CUDA_the_error_says_what_to_use_instead(string name)
    {
        Assert.SkipWhen(torch.cuda.is_available(), "There is CUDA here.");

        Should.Throw<WanException>(() => Devices.Open(name)).Message
            .ShouldBe($"Device {name} cannot be used: this process has no CUDA. Use a CUDA build of libtorch (see KINEMA_LIBTORCH), or cpu.");
    }
}
