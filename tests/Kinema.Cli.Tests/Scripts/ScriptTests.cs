using System.Diagnostics;
using System.Runtime.Versioning;
using Kinema.TestSupport;

namespace Kinema.Cli.Tests.Scripts;

/// <summary>The scripts at the root, as a person starts them, as far as they go without building.</summary>
[SupportedOSPlatform("linux")]
public sealed class ScriptTests
{
    private static string Root => Path.GetFullPath(Path.Combine(Samples.Folder, "..", ".."));

    [Fact]
    public async Task The_list_of_parts_names_every_test_project()
    {
        var (code, output, _) = await RunAsync("test", ["--list"]);

        var projects = Directory.EnumerateDirectories(Path.Combine(Root, "tests"), "Kinema.*.Tests")
            .Select(p => Path.GetFileName(p)["Kinema.".Length..^".Tests".Length].ToLowerInvariant().Replace('.', '-'));
        code.ShouldBe(0);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe([.. projects, "wan-avx2", "wan-sse41", "style"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_command_line_is_built_again_when_a_source_is_changed_added_or_deleted_and_not_otherwise()
    {
        using var folder = new TemporaryFolder();
        const string Script = """
            set -euo pipefail
            root=$1
            mkdir -p "$root/src/Kinema.Cli/bin/Release/net10.0" "$root/src/Kinema.Cli/obj" "$root/catalog"
            source "$2/eng/setup.sh"
            touch "$cli" "$root/src/a.cs" "$root/src/b.cs"
            build() { echo built; }
            try() { echo "$1"; build_cli 2>&1; }
            try first; try same
            touch "$root/src/Kinema.Cli/obj/new"; try output
            touch -d '1 minute' "$root/src/a.cs"; try changed; touch -d '1 hour ago' "$root/src/a.cs"; try same
            rm "$root/src/b.cs"; try deleted; try same
            touch -d '1 hour ago' "$root/src/c.cs"; try added; try same
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", Script, "bash", folder.FullPath, Root]) { RedirectStandardOutput = true })!;

        var output = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(["first", "built", "same", "output", "changed", "built", "same", "deleted", "built", "same", "added", "built", "same"]);
    }

    [Fact]
    public async Task A_server_that_a_build_leaves_behind_does_not_keep_the_lock()
    {
        using var folder = new TemporaryFolder();
        const string Script = """
            set -euo pipefail
            root=$1
            source "$2/eng/setup.sh"
            build() { mkdir -p "$(dirname "$cli")"; touch "$cli"; sleep 60 >/dev/null 2>&1 & server=$!; }
            build_cli
            flock -n "$root/.kinema/build.lock" echo free || echo taken
            kill $server
            """;
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", Script, "bash", folder.FullPath, Root]) { RedirectStandardOutput = true })!;

        (await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim().ShouldBe("free");
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
        using var folder = BareMachine();

        var (code, output, error) = await RunAsync(script, [], ("PATH", folder.FullPath), ("HOME", folder.FullPath));

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.Trim().ShouldBe("Kinema needs the .NET 10 SDK. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again.");
    }

    [Theory]
    [InlineData("demo", "ffmpeg")]
    [InlineData("test", "ffmpeg")]
    public async Task Without_ffmpeg_and_without_root_a_script_prints_the_one_command_and_stops(string script, string package)
    {
        using var folder = BareMachine();
        File.CreateSymbolicLink(folder.File("dotnet"), FindDotnet());
        await File.WriteAllTextAsync(folder.File("id"), "#!/usr/bin/bash\necho 1000\n", TestContext.Current.CancellationToken);
        new FileInfo(folder.File("id")).UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        var (code, output, error) = await RunAsync(script, [], ("PATH", folder.FullPath), ("HOME", folder.FullPath));

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain($"Missing: {package}");
        error.ShouldContain($"sudo apt-get update && sudo apt-get install -y --no-install-recommends {package}");
    }

    private static string FindDotnet()
    {
        var found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(p => Path.Combine(p, "dotnet")).First(File.Exists);
        return File.ResolveLinkTarget(found, returnFinalTarget: true)?.FullName ?? found;
    }

    /// <summary>A PATH with the shell's own tools and nothing else.</summary>
    private static TemporaryFolder BareMachine()
    {
        var folder = new TemporaryFolder();
        foreach (var tool in (string[])["bash", "dirname", "tr", "grep", "env"])
            File.CreateSymbolicLink(folder.File(tool), $"/usr/bin/{tool}");
        return folder;
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
