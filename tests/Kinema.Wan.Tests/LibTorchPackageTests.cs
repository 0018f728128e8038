using System.Diagnostics;
using Kinema.Wan.Tests.Checkpoints;
using Kinema.Wan.Tests.Fixtures;

namespace Kinema.Wan.Tests;

/// <summary>A program without a libtorch package: the build warns, and the run says what to add.</summary>
public sealed class LibTorchPackageTests
{
    private static readonly string _targets = Path.Combine(FixtureFolder.Repository, "src", "Kinema.Wan", "buildTransitive", "Kinema.Wan.targets");

    [Fact]
    public void A_program_without_libtorch_names_the_package_and_copies_nothing()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        Directory.CreateSymbolicLink(folder.File("runtimes"), Path.Combine(AppContext.BaseDirectory, "runtimes"));
        var files = Directory.GetFileSystemEntries(folder.Path);

        var (code, output) = Run(folder.Path, "exec", folder.File("Kinema.Wan.Tests.dll"), "--list-tests");

        code.ShouldNotBe(0);
        output.ShouldContain("WanException: There is no libtorch beside the program");
        output.ShouldContain($"dotnet add package libtorch-cpu-");
        Directory.GetFileSystemEntries(folder.Path).ShouldBe(files, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Exe", "", true)]
    [InlineData("Exe", "<PackageReference Include=\"TorchSharp\" />", true)]
    [InlineData("Exe", "<PackageReference Include=\"libtorch-cpu-linux-x64\" />", false)]
    [InlineData("Exe", "<PackageReference Include=\"TorchSharp-cpu\" />", false)]
    [InlineData("Exe", "<PackageReference Include=\"TorchSharp-cuda-linux\" />", false)]
    [InlineData("Exe", "<ReferenceCopyLocalPaths Include=\"libtorch_cpu.so\" NuGetPackageId=\"libtorch-cpu-linux-x64\" />", false)]
    [InlineData("Library", "", false)]
    public void The_build_of_a_program_without_a_libtorch_package_warns(string outputType, string items, bool warns)
    {
        var output = Build(outputType, items);

        output.Contains("warning KINEMA0002", StringComparison.Ordinal).ShouldBe(warns, output);
        if (warns)
            output.ShouldContain("dotnet add package libtorch-cpu-");
    }

    [Fact]
    public void A_program_that_takes_libtorch_from_elsewhere_says_so_and_is_not_warned() =>
        Build("Exe", "", "-p:KinemaLibTorch=external").ShouldNotContain("KINEMA0002");

    private static string Build(string outputType, string items, params string[] options)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("program.proj"), $"""
            <Project>
              <PropertyGroup><OutputType>{outputType}</OutputType></PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
              <Import Project="{_targets}" />
            </Project>
            """);
        var (code, output) = Run(folder.Path, ["msbuild", "program.proj", "-t:KinemaWarnOfMissingLibTorch", "-nologo", .. options]);
        code.ShouldBe(0, output);
        return output;
    }

    private static (int Code, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove(LibTorch.EnvironmentVariable);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
