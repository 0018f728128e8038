namespace Kinema.Cli.Tests.Commands;

/// <summary>The safety checker from the operator's side.</summary>
public sealed class SafetyTests : IDisposable
{
    private readonly Cli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Without_npm_install_says_what_to_install()
    {
        var end = await _cli.RunAsync("safety", "install", "--data", "data", "--npm", "no-such-npm");

        end.Code.ShouldBe(ExitCodes.Failed);
        end.Error.ShouldContain("Install Node.js with npm");
    }

    [Fact]
    public async Task An_archive_that_is_not_the_known_one_is_not_installed()
    {
        var npm = Path.Combine(_cli.Directory, "npm");
        await File.WriteAllTextAsync(npm, "#!/bin/sh\necho changed > nsfwjs-4.3.0.tgz\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var end = await _cli.RunAsync("safety", "install", "--folder", "safety", "--npm", npm);

        end.Code.ShouldBe(ExitCodes.Failed);
        end.Error.ShouldContain("is not nsfwjs 4.3.0 as Kinema knows it");
        Directory.EnumerateFileSystemEntries(Path.Combine(_cli.Directory, "safety")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Refuse", 1, "Until it works, runs are refused")]
    [InlineData("Allow", 0, "Until it works, runs go on unchecked")]
    public async Task The_doctor_says_that_a_checker_does_not_work_and_what_follows(string whenBroken, int code, string advice)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_cli.Directory, "mine.json"),
            $$"""
            {
              "name": "mine", "model": "mine.onnx", "sha256": "{{new string('0', 64)}}",
              "input": {"width": 224, "height": 224, "mean": [0, 0, 0], "deviation": [255, 255, 255]}, "classes": [{"name": "unsafe", "threshold": 0.8}]
            }
            """,
            TestContext.Current.CancellationToken);

        var end = await _cli.RunAsync(
            "doctor", "--data", "data", "--url", "http://127.0.0.1:0", "--set", "Server:MinFreeBytes=0", "--set", $"Safety:Classifier={Path.Combine(_cli.Directory, "mine.json")}", "--set", $"Safety:WhenBroken={whenBroken}");

        end.Code.ShouldBe(code);
        end.Output.ShouldContain("mine.onnx");
        end.Output.ShouldContain(advice);
    }
}
