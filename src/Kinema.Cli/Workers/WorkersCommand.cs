using System.CommandLine;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Core.Admission;

namespace Kinema.Cli.Workers;

/// <summary><c>kinema workers list|drain</c></summary>
internal static class WorkersCommand
{
    public static Command Create(Terminal terminal) => new("workers", "Workers that have registered with a data folder's server.") { List(terminal), Drain(terminal) };

    private static Command List(Terminal terminal)
    {
        var data = CommonOptions.Data();
        var command = new Command("list", "Lists the server's own worker and the remote ones that were heard within a day.") { data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var workers = await store.WorkerList.ListAsync(ct);
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { items = workers.Select(Describe) });
                return ExitCodes.Ok;
            }

            var table = Tables.Create("ID", "NAME", "WHERE", "ENGINES", "RUNS", "SILENT", "STATE", "VERSION", "HEARD");
            foreach (var worker in workers)
            {
                table.Add(
                    worker.Id.ToString(),
                    worker.Name,
                    WhereIs(worker),
                    string.Join(' ', worker.EngineIds),
                    $"{worker.Active} of {worker.Capacity}",
                    $"{worker.Silent}",
                    worker.Draining ? "draining" : "takes runs",
                    worker.Remote?.Version,
                    Wording.Moment(worker.HeardAt));
            }

            terminal.OutConsole.Write(table);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command Drain(Terminal terminal)
    {
        var (data, id) = (CommonOptions.Data(), LocalOptions.Id("worker"));
        var command = new Command("drain", "Gives a worker no more runs, until its process ends; it finishes those that it has.") { id, data };
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var worker = parsed.GetRequiredValue(id);
            if (!await store.RemoteWorkers.DrainAsync(worker, ct))
                throw new CommandFailure(ExitCodes.NotFound, $"there is no worker {worker}; `kinema workers list` shows those there are.");

            if (parsed.WantsJson())
                terminal.WriteJson(new { id = worker, draining = true });
            else
                terminal.Out.WriteLine($"{worker} gets no more runs.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static object Describe(RegisteredWorker worker) => new
    {
        worker.Id,
        worker.Name,
        Where = WhereIs(worker),
        Engines = worker.EngineIds,
        worker.Capacity,
        worker.Active,
        worker.Silent,
        worker.Draining,
        worker.Remote?.KeyId,
        worker.Remote?.Protocol,
        worker.Remote?.Version,
        worker.HeardAt,
        worker.RegisteredAt,
    };

    private static string WhereIs(RegisteredWorker worker) => worker.Remote is null ? "here" : "remote";
}
