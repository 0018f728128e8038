using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Motion;

namespace Kinema.Cli.Workers;

/// <summary><c>kinema worker</c>: works on the runs of a server elsewhere.</summary>
internal static class WorkerCommand
{
    private const string Motion = "motion";

    public static Command Create(Terminal terminal)
    {
        var run = new RemoteWorkerRun(terminal);
        var engine = new Option<string>("--engine") { HelpName = "ENGINE", Description = $"The engine that it serves: {Motion} or {Wan.WanCommand.Name} (starts kinema-wan; see its options with --engine wan --help).", Required = true };
        engine.AcceptOnlyFromAmong(Motion, Wan.WanCommand.Name);

        var command = new Command("worker", "Works on the runs of a server elsewhere, until it is stopped or drained.") { engine };
        run.AddTo(command);
        command.SetAction((parsed, ct) => run.RunAsync(parsed, services => services.AddMotionEngine(), ct));
        return command;
    }
}
