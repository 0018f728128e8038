using System.Diagnostics;
using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Scripts;

/// <summary>The scripts at the root, as a person starts them, as far as they go without building.</summary>
public sealed class ScriptTests
{
    private static string Root => Path.GetFullPath(Path.Combine(Samples.Folder, "..", ".."));

    [Fact]
    public async Task The_list_of_parts_names_every_test_project()
    {
        var (code, output, _) = await RunAsync("test", ["--list"]);

        var projects = Directory.EnumerateDirectories(Path.Combine(Root, "tests"), "Kinema.*.Tests")
            .Select(p => Path.GetFileName(p)["Kinema.".Length..^".Tests".Length].ToLowerInvariant());
        code.ShouldBe(0);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe([.. projects, "style"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_part_that_is_not_there_is_named_with_those_that_are()
    {
        var (code, _, error) = await RunAsync("test", ["nosuch"]);

        code.ShouldBe(2);
        error.ShouldContain("There is no part 'nosuch'. Parts: architecture");
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("kinema")]
    [InlineData("test")]
    public async Task Without_the_SDK_a_script_says_where_to_get_it_and_stops(string script)
    {
        // A PATH with the shell's own tools and nothing else; HOME without a private SDK.
        using var folder = new TemporaryFolder();
        foreach (var tool in (string[])["bash", "dirname", "tr", "grep", "env"])
            File.CreateSymbolicLink(folder.File(tool), $"/usr/bin/{tool}");

        var (code, output, error) = await RunAsync(script, [], ("PATH", folder.FullPath), ("HOME", folder.FullPath));

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.Trim().ShouldBe("Kinema needs the .NET 10 SDK. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again.");
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string script, string[] args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/usr/bin/bash", [Path.Combine(Root, script), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await error);
    }
}
