using System.CommandLine;
using System.Data.Common;
using Kinema.Cli.Output;
using Kinema.Storage.Move;

namespace Kinema.Cli.Move;

/// <summary><c>kinema move</c>: the records of a data folder into PostgreSQL.</summary>
internal static class MoveCommand
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";
    private const string Variable = "Kinema__Data__Postgres";

    public static Command Create(Terminal terminal)
    {
        var from = new Option<string>("--from") { HelpName = "sqlite:DIR", Description = "The data folder whose records move.", Required = true };
        var to = new Option<string>("--to")
        {
            HelpName = "postgres:CONNECTION",
            Description = $"An empty database. Without a connection string, as `postgres:`, that of the environment variable {Variable} is taken.",
            Required = true,
        };
        var command = new Command("move", "Moves the records of a data folder from SQLite into PostgreSQL, and compares every row. Goes on where it was interrupted.") { from, to };
        command.SetAction(async (parsed, ct) =>
        {
            var folder = Path.GetFullPath(After(Sqlite, "--from", parsed.GetRequiredValue(from)), terminal.WorkingDirectory);
            var named = After(Postgres, "--to", parsed.GetRequiredValue(to));
            var connection = named.Length > 0 ? named : terminal.Environment(Variable)
                ?? throw new CommandFailure(ExitCodes.Usage, $"--to {Postgres} names no database, and {Variable} is not set.");
            var moved = await MoveAsync(folder, connection, parsed.WantsJson() ? null : new Lines(terminal), ct);
            if (parsed.WantsJson())
                terminal.WriteJson(new { data_folder = folder, tables = moved.ToDictionary(table => table.Table, table => table.Rows) });
            else
                terminal.Out.WriteLine($"Moved {moved.Sum(table => table.Rows)} rows; every one was compared. Start the server with Data:Postgres. The old records are kept as {folder}/kinema.db.moved.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<MovedRows>> MoveAsync(string folder, string connection, IProgress<MovedRows>? progress, CancellationToken ct)
    {
        try
        {
            return await StoreMove.ToPostgresAsync(folder, connection, TimeProvider.System, progress, ct);
        }
        catch (Exception e) when (e is InvalidDataException or DbException or ArgumentException)
        {
            throw new CommandFailure(ExitCodes.Failed, e.Message);
        }
    }

    private static string After(string scheme, string option, string value) => value.StartsWith(scheme, StringComparison.Ordinal)
        ? value[scheme.Length..]
        : throw new CommandFailure(ExitCodes.Usage, $"{option} must begin with {scheme}; got \"{(option == "--to" ? "…" : value)}\".");

    /// <summary>One line for each table, in order; <see cref="Progress{T}"/> would not keep it.</summary>
    private sealed class Lines(Terminal terminal) : IProgress<MovedRows>
    {
        public void Report(MovedRows value) => terminal.Out.WriteLine($"{value.Table,-20} {value.Rows,12}");
    }
}
