using System.Text.Json;

namespace Kinema.Architecture.Tests;

/// <summary>libtorch is half a gigabyte: only the programs that run Wan restore it.</summary>
public sealed class LibTorchTests
{
    private const string Worker = "src/Kinema.Wan.Worker";
    private static readonly string[] _torch = ["libtorch-", "TorchSharp"];
    private static readonly string[] _others = ["src/Kinema.Cli", "src/Kinema.Server", "src/Kinema.Worker"];
    private static readonly string[] _withWan = ["src/Kinema.Wan", "src/Kinema.Wan.Engine", Worker];

    public static TheoryData<string> Products =>
        [.. Directory.EnumerateFiles(Path.Combine(House.Root, "src"), "packages.lock.json", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(House.Root, Path.GetDirectoryName(path)!).Replace('\\', '/'))
            .Where(project => !_withWan.Contains(project))
            .Order()];

    [Theory]
    [MemberData(nameof(Products))]
    public void A_product_without_Wan_restores_no_torch(string project) =>
        PackagesOf(project).Where(package => _torch.Any(prefix => package.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ShouldBeEmpty();

    [Fact]
    public void The_command_line_and_the_server_are_among_them() =>
        _others.ShouldBeSubsetOf(Products.Select(row => row.Data));

    [Fact]
    public void The_libraries_bring_TorchSharp_and_only_the_worker_brings_libtorch()
    {
        foreach (var project in _withWan)
        {
            PackagesOf(project).ShouldContain("TorchSharp");
            PackagesOf(project).Any(package => package.StartsWith("libtorch-", StringComparison.OrdinalIgnoreCase)).ShouldBe(project == Worker, project);
        }
    }

    private static List<string> PackagesOf(string project)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(House.Root, project, "packages.lock.json")));
        return [.. json.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject()).Select(package => package.Name)];
    }
}
