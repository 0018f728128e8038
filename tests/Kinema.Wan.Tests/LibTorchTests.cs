using System.Diagnostics;
using System.Security.Cryptography;

namespace Kinema.Wan.Tests;

public sealed class LibTorchTests
{
    private const string Shipped = "CF33B1B0BB6BBB9754A768FB5C5D04D9F498603BE50E73F55621A0B40EE608B8";

    [Fact]
    public void The_native_library_loads_and_computes()
    {
        using var sum = torch.arange(1, 5, dtype: torch.float32).sum();

        sum.item<float>().ShouldBe(10);
    }

    [Fact]
    public void The_patch_changes_one_byte_of_the_known_file_and_leaves_other_files_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The patch is for Linux.");
        var folder = Directory.CreateTempSubdirectory("kinema-patch-").FullName;
        var shipped = Path.Combine(folder, "shipped.so");
        var patched = Path.Combine(folder, "patched.so");
        try
        {
            var bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so"));
            bytes[260660] = 0;
            Convert.ToHexString(SHA256.HashData(bytes)).ShouldBe(Shipped);
            File.WriteAllBytes(shipped, bytes);

            Patch(shipped, patched);
            var result = File.ReadAllBytes(patched);
            result[260660].ShouldBe((byte)2);
            result[260660] = 0;
            result.ShouldBe(bytes);
            File.ReadAllBytes(shipped).ShouldBe(bytes);

            bytes[100]++;
            File.WriteAllBytes(shipped, bytes);
            Patch(shipped, patched);
            File.Exists(patched).ShouldBeFalse();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Libtorch_is_taken_from_the_folder_that_the_variable_names()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        var folder = Directory.CreateTempSubdirectory("kinema-libtorch-").FullName;
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "libtorch")))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));

            var (code, output) = RunSelf(nameof(LibTorchFromFolder), folder);
            code.ShouldBe(0, output);
            output.ShouldContain("succeeded: 1");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_libtorch_is_a_clear_error()
    {
        var (code, output) = RunSelf(nameof(LibTorchFromFolder), Path.GetTempPath());

        code.ShouldNotBe(0);
        output.ShouldContain($"KINEMA_LIBTORCH names {Path.GetTempPath()}, which has no ");
    }

    private static void Patch(string from, string to)
    {
        var script = Path.Combine(Fixtures.FixtureFolder.Repository, "src", "Kinema.Wan", "buildTransitive", "patch-torchsharp.sh");
        using var process = Process.Start("sh", [script, from, to, "always"]);
        process.WaitForExit();
        process.ExitCode.ShouldBe(0);
    }

    // One process has one libtorch, so another is asked.
    private static (int Code, string Output) RunSelf(string className, string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(LibTorchTests).Assembly.Location, "--filter-class", $"*.{className}", "--explicit", "only", "--no-ansi"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [LibTorch.EnvironmentVariable] = folder },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
