namespace Kinema.Wan.Tests;

/// <summary>Runs in a separate process, started by <see cref="LibTorchTests"/> with the environment variable set.</summary>
public sealed class LibTorchFromFolder
{
    [Fact(Explicit = true)]
    public void All_libraries_come_from_the_folder_and_compute()
    {
        var folder = Environment.GetEnvironmentVariable(LibTorch.EnvironmentVariable);
        folder.ShouldNotBeNull();

        LibTorch.Load().ShouldBe(folder);
        using var product = torch.ones(3, 4).matmul(torch.ones(4, 5)).sum();

        product.item<float>().ShouldBe(60);
        torch.cuda.is_available().ShouldBe(File.Exists(Path.Combine(folder, "libtorch_cuda.so")) && torch.cuda.device_count() > 0);
        File.ReadLines("/proc/self/maps").Where(line => line.Contains("/libtorch_cpu.so") || line.Contains("/libc10.so"))
            .ShouldAllBe(line => line.Contains(folder, StringComparison.Ordinal));
    }
}
