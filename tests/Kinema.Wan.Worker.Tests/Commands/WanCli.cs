using System.Text.Json;
using Kinema.Cli.Output;

namespace Kinema.Wan.Worker.Tests.Commands;

/// <summary>Runs commands of <c>kinema-wan</c> in this process.</summary>
internal static class WanCli
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            OutConsole = Consoles.Create(output, terminal: false),
            ErrorConsole = Consoles.Create(error, terminal: false),
            IsInteractive = false,
            IsOutputInteractive = false,
            Environment = _ => null,
            WorkingDirectory = folder,
        };
        var code = await WanCommandLine.RunAsync(args, terminal, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>A command that must succeed, its answer as JSON.</summary>
    public static async Task<JsonElement> JsonAsync(string folder, params string[] args)
    {
        var (code, output, error) = await RunAsync(folder, [.. args, "--json"]);
        code.ShouldBe(0, error);
        return JsonElement.Parse(output);
    }

    /// <summary>A command that must fail, with one line for its user.</summary>
    public static async Task<string> RefusalAsync(string folder, int expected, params string[] args)
    {
        var (code, output, error) = await RunAsync(folder, args);
        code.ShouldBe(expected, error);
        output.ShouldBeEmpty();
        error.ShouldStartWith("kinema wan: ");
        error.ShouldNotContain("   at ");
        return error;
    }
}
