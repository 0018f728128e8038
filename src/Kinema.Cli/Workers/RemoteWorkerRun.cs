using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Worker;
using Kinema.Worker.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Kinema.Cli.Workers;

/// <summary>The options of a worker for a server elsewhere, whatever its engine, and its run.</summary>
internal sealed class RemoteWorkerRun(Terminal terminal)
{
    private const string ServerVariable = "KINEMA_SERVER";
    private const string KeyVariable = "KINEMA_WORKER_KEY";

    private readonly Option<string?> _server = new("--server") { HelpName = "URL", Description = $"The server (default: ${ServerVariable})." };

    private readonly Option<string?> _key = new("--key")
    {
        HelpName = "KEY",
        Description = $"The worker key (default: ${KeyVariable}, which other users of this machine cannot see). `kinema keys create --worker` makes one.",
    };

    private readonly Option<string?> _name = new("--name") { HelpName = "NAME", Description = "The worker's name in lists (default: the machine's name)." };

    private readonly Option<int> _concurrency = new("--concurrency")
    {
        HelpName = "RUNS",
        Description = "Runs that it takes at once, 1 to 256 (default: 1).",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _drain = new("--drain")
    {
        HelpName = "SECONDS",
        Description = "Time that runs get to end when the worker is stopped, 0 to 86400; after it they are handed back (default: 0).",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> _insecure = new("--insecure") { Description = "Allow plain http to another machine: key, prompts and pictures can be read on the way." };

    private readonly Option<bool> _withParent = new("--with-parent") { Description = "End when standard input ends.", Hidden = true };

    public void AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_key);
        command.Add(_name);
        command.Add(_concurrency);
        command.Add(_drain);
        command.Add(_insecure);
        command.Add(_withParent);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="addEngines">Adds the engines.</param>
    /// <param name="ct">Stops the worker.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(ParseResult parsed, Action<IServiceCollection> addEngines, CancellationToken ct)
    {
        var address = parsed.GetValue(_server) ?? terminal.Variable(ServerVariable)
            ?? throw new CommandFailure(ExitCodes.Usage, $"A worker needs the server's address: --server or ${ServerVariable}.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server))
            throw new CommandFailure(ExitCodes.Usage, $"--server must be an address such as https://kinema.example; got '{address}'.");
        var key = parsed.GetValue(_key) ?? terminal.Variable(KeyVariable)
            ?? throw new CommandFailure(ExitCodes.Usage, $"A worker needs a worker key: ${KeyVariable} or --key; `kinema keys create --worker --engine ENGINE` makes one on the server.");

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (parsed.GetValue(_withParent))
            _ = EndWithInputAsync(ending);

        try
        {
            var refusal = await RemoteWorkerHost.RunAsync(
                services =>
                {
                    addEngines(services);
                    services.Configure<RemoteWorkerOptions>(o => (o.Server, o.Key, o.Insecure) = (server, key, parsed.GetValue(_insecure)));
                    services.Configure<WorkerOptions>(o =>
                    {
                        o.Name = parsed.GetValue(_name) ?? o.Name;
                        o.Concurrency = parsed.GetValue(_concurrency);
                        o.DrainSeconds = parsed.GetValue(_drain);
                    });
                },
                Log,
                ending.Token);
            return refusal is null ? ExitCodes.Ok : throw new CommandFailure(ExitCodes.Failed, refusal);
        }
        catch (OptionsValidationException e)
        {
            throw new CommandFailure(ExitCodes.Usage, string.Join(" ", e.Failures));
        }
    }

    /// <summary>The server that started this worker holds the other end, and lets go however it ends.</summary>
    private static async Task EndWithInputAsync(CancellationTokenSource ending)
    {
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(Stream.Null, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ending.CancelAsync();
    }

    private static void Log(ILoggingBuilder log) => log
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "))
        .SetMinimumLevel(LogLevel.Information)
        .AddFilter("System.Net.Http", LogLevel.Warning)
        .AddFilter("Polly", LogLevel.Error);
}
