using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Net;
using Kinema.Cli.Output;
using Kinema.Client;
using Kinema.Core.Storage;
using Kinema.Server.Configuration;

namespace Kinema.Cli;

/// <summary>Parses the command line, runs the command and converts failures into an exit code and a one-line message.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken ct = default)
    {
        if (Wan.WanCommand.PassedOn(args) is { } passedOn)
            return await RunWanAsync(passedOn, terminal, ct);

        var root = RootCommandFactory.Create(terminal);

        // "@file" is an argument like any other: a prompt may begin with it.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
            return WrongUsage(parsed, terminal);

        try
        {
            // Signals cancel the given token; the library's own handling would end a server before it has drained.
            var invocation = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(invocation, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            terminal.Error.WriteLine("kinema: interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            var (code, message) = Explain(e);
            terminal.Error.WriteLine($"kinema: {message}");
            if (parsed.WantsDetail())
                terminal.Error.WriteLine(e);
            return code;
        }
    }

    private static async Task<int> RunWanAsync(string[] args, Terminal terminal, CancellationToken ct)
    {
        try
        {
            return await Wan.WanCommand.RunAsync(args, terminal, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            terminal.Error.WriteLine("kinema: interrupted.");
            return ExitCodes.Interrupted;
        }
        catch (Exception e)
        {
            var (code, message) = Explain(e);
            terminal.Error.WriteLine($"kinema: {message}");
            return code;
        }
    }

    private static int WrongUsage(ParseResult parsed, Terminal terminal)
    {
        var path = new Stack<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
            path.Push(command.Command is RootCommand ? "kinema" : command.Command.Name);

        terminal.Error.WriteLine($"kinema: {Describe(parsed)}");
        terminal.Error.WriteLine($"See {string.Join(' ', path)} --help.");
        return ExitCodes.Usage;
    }

    // Uses the library's messages, but not its type names and its order of errors.
    private static string Describe(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var known = parsed.CommandResult.Command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name).ToList();
            return known.Count == 0 ? $"'{unknown}' is one argument or option too many." : $"there is no command '{unknown}'; there are {string.Join(", ", known)}.";
        }

        var first = parsed.Errors[0];
        if (parsed.Tokens.Count == 0)
            return "no command given.";
        return first.SymbolResult switch
        {
            OptionResult { Tokens: [var given, ..], Option: Option<int> or Option<int?> or Option<long?> } number when first.Message.StartsWith("Cannot parse", StringComparison.Ordinal) =>
                $"{number.Option.Name} must be a whole number; got '{given.Value}'.",
            _ => first.Message,
        };
    }

    private static (int Code, string Message) Explain(Exception e) => e switch
    {
        CommandFailure failure => (failure.ExitCode, failure.Message),
        KinemaException { HttpStatusCode: HttpStatusCode.Unauthorized } =>
            (ExitCodes.Failed, $"the server does not accept this key; give a live one with --key or {CommonOptions.KeyVariable} (make one with `kinema keys create`)."),
        KinemaException { HttpStatusCode: HttpStatusCode.NotFound } missing => (ExitCodes.NotFound, Sentence(missing)),
        KinemaException { HttpStatusCode: HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge } refused =>
            (ExitCodes.Usage, Sentence(refused)),
        KinemaException answered => (ExitCodes.Failed, Sentence(answered)),
        TaskCanceledException { InnerException: TimeoutException } late => (ExitCodes.NotFound, $"cannot reach the server: {late.Message}"),
        HttpRequestException unreachable => (ExitCodes.NotFound, $"cannot reach the server: {unreachable.Message}"),
        SettingsException settings => (ExitCodes.Usage, string.Join(Environment.NewLine + "kinema: ", settings.Problems)),
        StoreInUseException inUse => (ExitCodes.Failed, $"{inUse.Message} Talk to it with --server and --key, or name another folder with --data."),
        UnauthorizedAccessException denied => (ExitCodes.Failed, $"no permission: {denied.Message}"),
        IOException io => (ExitCodes.Failed, io.Message),
        _ => (ExitCodes.Failed, $"unexpected {e.GetType().Name}: {FirstLine(e.Message)} (--verbose shows the detail)"),
    };

    private static string Sentence(KinemaException e) =>
        e.Errors.Count == 0 ? $"{e.Message} ({e.Code})" : string.Join(Environment.NewLine + "kinema: ", e.Errors.Select(p => p.Message));

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
