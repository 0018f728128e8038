using System.CommandLine;
using System.CommandLine.Invocation;
using Kinema.Cli;
using Kinema.Cli.Output;
using Kinema.Engines;
using Kinema.Media;

namespace Kinema.Wan.Worker;

/// <summary>Parses the command line, runs the command and converts failures into an exit code and a one-line message.</summary>
internal static class WanCommandLine
{
    private const string Name = "kinema wan";

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken ct = default)
    {
        var parsed = CreateRoot(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            terminal.Error.WriteLine($"{Name}: {Describe(parsed)}");
            terminal.Error.WriteLine($"See {Name} --help.");
            return ExitCodes.Usage;
        }

        try
        {
            var invocation = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(invocation, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            terminal.Error.WriteLine($"{Name}: interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            var (code, message) = Explain(e);
            terminal.Error.WriteLine($"{Name}: {message}");
            if (parsed.GetValue<bool>("--verbose"))
                terminal.Error.WriteLine(e);
            return code;
        }
    }

    private static RootCommand CreateRoot(Terminal terminal) => new("Wan: open weights on this machine, without a server.")
    {
        new Option<bool>("--json") { Description = "Writes JSON to standard output.", Recursive = true },
        new Option<bool>("--verbose") { Description = "Shows the detail of an unexpected failure.", Recursive = true },
        Inspection.InspectCommand.Create(terminal),
        Checks.CheckCommand.Create(terminal),
        Videos.RunCommand.Create(terminal),
        Replays.ReplayCommand.Create(terminal),
        Workers.WorkerCommand.Create(terminal),
    };

    private static string Describe(ParseResult parsed) =>
        parsed.Tokens.Count == 0 ? "no command given; there are inspect, check, run, replay, worker." : parsed.Errors[0].Message;

    private static (int Code, string Message) Explain(Exception e) => e switch
    {
        CommandFailure failure => (failure.ExitCode, failure.Message),
        ArgumentException invalid => (ExitCodes.Usage, invalid.Message),
        WanException or EngineException or EncodingException or IOException => (ExitCodes.Failed, e.Message),
        UnauthorizedAccessException denied => (ExitCodes.Failed, $"no permission: {denied.Message}"),
        _ => (ExitCodes.Failed, $"unexpected {e.GetType().Name}: {e.Message.Split('\n', 2)[0]} (--verbose shows the detail)"),
    };
}
