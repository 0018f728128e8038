using Kinema.Core.Storage;

namespace Kinema.Storage;

/// <summary>Refuses a data folder from which something was lost, before anything in it is created, changed or swept.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="database">Name of the database in messages; null for the file in the folder.</param>
internal sealed class DataFolderCheck(DataFolder folder, string? database = null)
{
    /// <summary>Checks the files beside the database.</summary>
    /// <exception cref="StoreDamagedException">The database is missing or empty beside files of an earlier life, or lost its write-ahead log.</exception>
    public void CheckFiles()
    {
        var file = new FileInfo(folder.Database);
        if (!file.Exists && File.Exists(folder.MovedDatabase))
        {
            throw new StoreDamagedException(
                $"The records of {folder.Root} were moved into PostgreSQL. Start with Data:Postgres. To go back to what they were, rename {folder.MovedDatabase} to {file.Name}.");
        }

        if (!file.Exists || file.Length == 0)
            RequireFirstStart(file.Exists ? "is empty" : "is missing");
        else if (File.Exists(folder.OpenMarker) && !File.Exists(folder.WriteAheadLog))
            throw LostLog();
    }

    /// <summary>Checks that a store without a schema is a first start. A database of one page without its log looks like that.</summary>
    /// <exception cref="StoreDamagedException">Other files show an earlier life.</exception>
    public void RequireFirstStart(string whatIsWrong)
    {
        string[] remains = [.. Remains()];
        if (remains.Length > 0)
        {
            throw new StoreDamagedException(
                $"The database {database ?? folder.Database} {whatIsWrong}, but the data folder holds {string.Join(", ", remains)}. Nothing was changed. "
                + $"Restore the database from a backup, or use another data folder (Data:Path). To give the old data up, move {folder.Root} away.");
        }
    }

    /// <summary>Checks the master key before one would be created.</summary>
    /// <param name="secrets">Secrets in the database, which only the missing key opens.</param>
    /// <exception cref="StoreDamagedException">The key is missing and there are secrets.</exception>
    public void RequireMasterKey(long secrets)
    {
        if (secrets > 0 && !File.Exists(folder.MasterKey))
        {
            throw new StoreDamagedException(
                $"The master key {folder.MasterKey} is missing, but the database holds {secrets} callback secrets that only it can decrypt. Nothing was changed. "
                + "Restore master.key from a backup.");
        }
    }

    private StoreDamagedException LostLog() => new(
        $"The last server on {folder.Root} did not stop cleanly, and its write-ahead log {folder.WriteAheadLog} is missing: the newest transactions are lost. Nothing was changed. "
        + $"Put the log back or restore a backup. If another SQLite tool has written the log into the database, delete {folder.OpenMarker} and start again.");

    private IEnumerable<string> Remains()
    {
        if (File.Exists(folder.FirstKey))
            yield return Path.GetFileName(folder.FirstKey);
        if (File.Exists(folder.OpenMarker))
            yield return Path.GetFileName(folder.OpenMarker);
        foreach (var part in new[] { folder.Artifacts, folder.Content })
        {
            // What was still on its way in belongs to no record yet.
            var files = Directory.Exists(part)
                ? Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories).Count(file => Path.GetDirectoryName(file) != folder.Incoming)
                : 0;
            if (files > 0)
                yield return $"{files} file{(files == 1 ? "" : "s")} in {Path.GetFileName(part)}/";
        }
    }
}
