using System.Formats.Tar;
using System.Security.Cryptography;
using Dapper;
using Kinema.Storage.Disk;
using Microsoft.Data.Sqlite;

namespace Kinema.Storage.Backup;

/// <summary>Restores a backup into an empty data folder.</summary>
public static class StoreRestore
{
    /// <summary>Reads the archive to its end, checks it and leaves a data folder that a server can open. After an error the folder is empty again.</summary>
    /// <param name="source">An archive written by <see cref="Core.Storage.IStoreBackup"/>.</param>
    /// <param name="dataFolder">A folder that is empty or not there.</param>
    /// <param name="masterKey">The file of a master key, for an archive without one; null to take the archive's.</param>
    /// <param name="ct">Ends it.</param>
    /// <returns>The number of files restored.</returns>
    /// <exception cref="InvalidDataException">The folder is not empty, or the archive is damaged or incomplete; the message says how.</exception>
    public static async Task<int> ReadAsync(Stream source, string dataFolder, string? masterKey, CancellationToken ct)
    {
        var root = Path.GetFullPath(dataFolder);
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
            throw new InvalidDataException($"The data folder {root} is not empty. Restore into an empty folder, or move this one away.");

        DataFolder.CreatePrivate(root);
        try
        {
            var restored = await ExtractAsync(source, root, ct);
            if (masterKey is not null)
                File.Copy(masterKey, Path.Combine(root, ArchiveEntry.MasterKey), overwrite: true);
            Check(root);
            return restored;
        }
        catch
        {
            foreach (var entry in new DirectoryInfo(root).EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo folder)
                    folder.Delete(recursive: true);
                else
                    entry.Delete();
            }

            throw;
        }
    }

    private static async Task<int> ExtractAsync(Stream source, string root, CancellationToken ct)
    {
        var count = 0;
        try
        {
            await using var tar = new TarReader(source, leaveOpen: true);
            while (await tar.GetNextEntryAsync(copyData: false, ct) is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !ArchiveEntry.IsKnown(entry.Name))
                    throw new InvalidDataException($"The archive holds \"{entry.Name}\", which no backup of Kinema has.");

                var path = Path.Combine(root, entry.Name);
                DurableFileSystem.CreateFolder(root, Path.GetDirectoryName(path)!);
                await WriteAsync(entry, path, ct);
                count++;
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"The archive is cut short or damaged after {count} files.", e);
        }

        return count;
    }

    private static async Task WriteAsync(TarEntry entry, string path, CancellationToken ct)
    {
        await using var file = PrivateFile.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, useAsync: true);
        if (entry.DataStream is { } data)
            await data.CopyToAsync(file, ct);
        file.Flush(flushToDisk: true);

        if (ArchiveEntry.DigestOf(entry.Name) is not { } digest)
            return;
        file.Position = 0;
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct)) != digest)
            throw new InvalidDataException($"The archive's \"{entry.Name}\" does not have the content its name promises.");
    }

    private static void Check(string root)
    {
        var database = Path.Combine(root, ArchiveEntry.Database);
        if (!File.Exists(database))
            throw new InvalidDataException($"The archive holds no {ArchiveEntry.Database}.");

        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
            connection.Open();
            if (connection.ExecuteScalar<string>("PRAGMA integrity_check;") is not "ok" and var problem)
                throw new InvalidDataException($"The archive's database is damaged: {problem}.");

            var secrets = connection.ExecuteScalar<long>("SELECT count(*) FROM secrets;");
            if (secrets > 0 && !File.Exists(Path.Combine(root, ArchiveEntry.MasterKey)))
                throw new InvalidDataException($"The archive has no master key, but {secrets} callback secrets need it. Name the key's file (--master-key).");
        }
        catch (SqliteException e)
        {
            throw new InvalidDataException($"The archive's database is damaged: {e.Message}", e);
        }
    }
}
