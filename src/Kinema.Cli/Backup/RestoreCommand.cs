using System.CommandLine;
using Kinema.Cli.Output;
using Kinema.Storage.Backup;

namespace Kinema.Cli.Backup;

/// <summary><c>kinema restore FILE</c>: a backup into an empty data folder.</summary>
internal static class RestoreCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "What `kinema backup` wrote." };
        var masterKey = new Option<string?>("--master-key") { HelpName = "FILE", Description = "The master key, for a backup without one." };
        var data = CommonOptions.Data();
        var command = new Command("restore", "Restores a backup into an empty data folder.") { file, masterKey, data };
        command.SetAction(async (parsed, ct) =>
        {
            var archive = Existing(parsed.GetRequiredValue(file), terminal);
            var key = parsed.GetValue(masterKey) is { } named ? Existing(named, terminal) : null;
            var folder = parsed.DataFolder(data, terminal);
            int restored;
            try
            {
                await using var source = File.OpenRead(archive);
                restored = await StoreRestore.ReadAsync(source, folder, key, ct);
            }
            catch (InvalidDataException e)
            {
                throw new CommandFailure(ExitCodes.Failed, e.Message);
            }

            if (parsed.WantsJson())
                terminal.WriteJson(new { data_folder = folder, files = restored });
            else
                terminal.Out.WriteLine($"Restored {restored} files into {folder}. Start it with `kinema serve --data {folder}`.");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static string Existing(string named, Terminal terminal)
    {
        var path = Path.GetFullPath(named, terminal.WorkingDirectory);
        return File.Exists(path) ? path : throw new CommandFailure(ExitCodes.NotFound, $"there is no file {path}.");
    }
}
