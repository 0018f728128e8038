using System.CommandLine;
using Kinema.Cli.Local;
using Kinema.Cli.Output;
using Kinema.Core.Storage;

namespace Kinema.Cli.Backup;

/// <summary><c>kinema backup FILE</c>: one archive of a data folder, while a server may use it.</summary>
internal static class BackupCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The tar archive to write; it must not exist." };
        var withoutKeys = new Option<bool>("--without-keys") { Description = "Leave master.key out. Keep it elsewhere: callback secrets cannot be read without it." };
        var withoutArtifacts = new Option<bool>("--without-artifacts") { Description = "Leave finished videos and posters out." };
        var data = CommonOptions.Data();
        var command = new Command("backup", "Writes a backup of a data folder, while a server may use it.") { file, withoutKeys, withoutArtifacts, data };
        command.SetAction(async (parsed, ct) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(file), terminal.WorkingDirectory);
            if (File.Exists(path))
                throw new CommandFailure(ExitCodes.Usage, $"{path} exists; name a new file.");

            await using var store = await LocalStore.OpenAsync(parsed.DataFolder(data, terminal), create: false, ct);
            var options = new StoreBackupOptions(!parsed.GetValue(withoutKeys), !parsed.GetValue(withoutArtifacts));
            var report = await WriteAsync(store.Backup, path, options, ct);
            if (parsed.WantsJson())
            {
                terminal.WriteJson(new { file = path, report.Contents, report.Artifacts, report.Missing, master_key = options.WithKeys });
                return ExitCodes.Ok;
            }

            terminal.Out.WriteLine($"{path}: database, {report.Contents} inputs, {report.Artifacts} finished files.");
            if (report.Missing > 0)
                terminal.Error.WriteLine($"{report.Missing} files that the database names are not on the disk.");
            terminal.Error.WriteLine(options.WithKeys
                ? "It contains master.key: whoever has this file can decrypt the callback secrets in it and sign links."
                : "It does not contain master.key: keep a copy of that file elsewhere.");
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <summary>Under another name until it is whole, readable by its owner only.</summary>
    private static async Task<StoreBackupReport> WriteAsync(IStoreBackup backup, string path, StoreBackupOptions options, CancellationToken ct)
    {
        var unfinished = path + ".part";
        var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            StoreBackupReport report;
            await using (var target = new FileStream(unfinished, creation))
            {
                report = await backup.WriteAsync(target, options, ct);
                target.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
            return report;
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
