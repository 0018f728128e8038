using System.Formats.Tar;
using Dapper;
using Kinema.Core.Artifacts;
using Kinema.Core.Storage;
using Kinema.Storage.Sqlite;

namespace Kinema.Storage.Backup;

/// <summary>Backs up a store with SQLite's online backup, then adds the files that this copy of the database names.</summary>
/// <remarks>Files never change once they have their name, so a copy made after the database's fits it; one that retention removes meanwhile is counted as missing.</remarks>
internal sealed class SqliteStoreBackup(DataFolder folder, SqliteDatabase database, IArtifactStore artifacts, IContentStore contents, TimeProvider timeProvider) : IStoreBackup
{
    public async Task<StoreBackupReport> WriteAsync(Stream target, StoreBackupOptions options, CancellationToken ct)
    {
        var copy = Path.Combine(folder.Scratch, $"backup-{Guid.CreateVersion7(timeProvider.GetUtcNow()):N}.db");
        try
        {
            DataFolder.CreatePrivate(folder.Scratch);
            await database.ReadAsync(source => DatabaseCopy.Write(source, copy), ct);
            await using var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true);
            if (options.WithKeys)
                await tar.WriteEntryAsync(folder.MasterKey, ArchiveEntry.MasterKey, ct);
            await tar.WriteEntryAsync(copy, ArchiveEntry.Database, ct);

            var (keys, digests) = ReadLive(copy);
            var (inputs, missingInputs) = await AddAsync(
                tar, digests.Select(c => (ArchiveEntry.OfContent(c.OrgId, c.Digest), contents.Find(c.OrgId, c.Digest))), ct);
            var (outputs, missingOutputs) = options.WithArtifacts
                ? await AddAsync(tar, keys.Select(key => (ArchiveEntry.OfArtifact(key), artifacts.Find(key))), ct)
                : (0, 0);
            return new(inputs, outputs, missingInputs + missingOutputs);
        }
        finally
        {
            if (File.Exists(copy))
                File.Delete(copy);
        }
    }

    private static (IReadOnlyList<string> Keys, IReadOnlyList<(Guid OrgId, string Digest)> Contents) ReadLive(string path)
    {
        using var copy = DatabaseCopy.Connect(path);
        return (
            [.. copy.Query<string>(Sql.ReadLiveArtifactKeys)],
            [.. copy.Query<(string OrgId, string Digest)>(Sql.ReadLiveContents).Select(row => (Guid.Parse(row.OrgId), row.Digest))]);
    }

    private static async Task<(int Added, int Missing)> AddAsync(TarWriter tar, IEnumerable<(string Entry, string? Path)> files, CancellationToken ct)
    {
        var (added, missing) = (0, 0);
        foreach (var (entry, path) in files)
        {
            try
            {
                await tar.WriteEntryAsync(path ?? throw new FileNotFoundException(), entry, ct);
                added++;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                missing++;
            }
        }

        return (added, missing);
    }
}
