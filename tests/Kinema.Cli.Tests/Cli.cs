using System.Text.Json;
using Kinema.Cli.Output;
using Kinema.TestSupport;

namespace Kinema.Cli.Tests;

/// <summary>One person's terminal: a working directory, an environment, and what each command printed.</summary>
internal sealed class Cli : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public string Directory => _folder.FullPath;

    public string Data => Path.Combine(Directory, "data");

    public Dictionary<string, string> Environment { get; } = [];

    public Task<CliResult> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    public Task<CliResult> RunAsync(CancellationToken ct, params string[] args) => RunAsync(new WatchedWriter(), ct, args);

    /// <param name="error">Standard error, which a test can read while the command runs.</param>
    /// <param name="ct">Ctrl+C.</param>
    /// <param name="args">The command line.</param>
    public async Task<CliResult> RunAsync(WatchedWriter error, CancellationToken ct, params string[] args)
    {
        using var output = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            OutConsole = Consoles.Create(output, terminal: false),
            ErrorConsole = Consoles.Create(error, terminal: false),
            IsInteractive = false,
            IsOutputInteractive = false,
            Environment = name => Environment.GetValueOrDefault(name),
            WorkingDirectory = Directory,
        };
        var code = await CommandLine.RunAsync(args, terminal, ct);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>A command that must succeed, its answer as JSON.</summary>
    public async Task<JsonElement> JsonAsync(params string[] args)
    {
        var result = await RunAsync([.. args, "--json"]);
        result.Code.ShouldBe(0, result.Error);
        return JsonElement.Parse(result.Output);
    }

    public void Dispose() => _folder.Dispose();
}

internal sealed record CliResult(int Code, string Output, string Error)
{
    /// <summary>The command failed with a message for its user and without internal details.</summary>
    public void ShouldRefuse(int code, string part)
    {
        ShouldEnd(code, part);
        Error.ShouldStartWith("kinema: ");
    }

    /// <summary>The same, after it had begun to print its progress.</summary>
    public void ShouldEnd(int code, string part)
    {
        Code.ShouldBe(code, Error);
        Error.ShouldContain(part);
        Error.ShouldNotContain("   at ");
        Error.ShouldNotContain("Exception");
        Output.ShouldBeEmpty();
    }
}
