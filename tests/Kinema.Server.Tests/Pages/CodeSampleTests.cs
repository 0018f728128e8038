using System.Diagnostics;
using Kinema.TestSupport;
using static Kinema.Server.Tests.TestExtensions;

namespace Kinema.Server.Tests.Pages;

/// <summary>Runs the programs of a model's page as they stand there.</summary>
public sealed class CodeSampleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Page = "/models/alibaba/wan/v2.7/image-to-video.md";

    [Theory]
    [InlineData("python", "python3", "sample.py")]
    [InlineData("javascript", "node", "sample.mjs")]
    [InlineData("bash", "bash", "sample.sh")]
    public async Task A_sample_creates_a_run(string language, string program, string file)
    {
        using var reader = shared.Server.CreateClient();
        var page = await reader.GetStringAsync(Page, Ct);
        var opening = $"```{language}\n";
        var begin = page.IndexOf(opening, StringComparison.Ordinal) + opening.Length;
        var code = page[begin..page.IndexOf("```", begin, StringComparison.Ordinal)];
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, file);
        await File.WriteAllTextAsync(path, code, Ct);

        var (exitCode, output, errors) = await RunAsync(program, path);

        exitCode.ShouldBe(0, errors);
        output.ShouldContain("queued", customMessage: errors);
        output.ShouldContain("alibaba/wan/v2.7/image-to-video");
    }

    private async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KINEMA_API_KEY"] = shared.Server.Caller.Token;
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var errors = process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, await output, await errors);
    }
}
