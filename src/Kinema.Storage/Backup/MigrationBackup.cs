using System.Globalization;
using Kinema.Storage.Disk;
using Kinema.Storage.Sqlite;

namespace Kinema.Storage.Backup;

/// <summary>Copies the database to <c>backup/</c> before a migration changes it, so that the earlier version can be used again.</summary>
internal sealed class MigrationBackup(DataFolder folder, SqliteDatabase database, TimeProvider timeProvider)
{
    /// <summary>Writes <c>backup/kinema-schema-{version}-{time}.db</c>; it is durable when this returns.</summary>
    /// <returns>The path of the copy.</returns>
    public async Task<string> WriteAsync(int version, CancellationToken ct)
    {
        DurableFileSystem.CreateFolder(folder.Root, folder.Backup);
        var time = timeProvider.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder.Backup, string.Create(CultureInfo.InvariantCulture, $"kinema-schema-{version}-{time}.db"));
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        try
        {
            await database.ReadAsync(source => DatabaseCopy.Write(source, unfinished), ct);
            DurableFileSystem.FlushFile(unfinished);
            DurableFileSystem.Rename(unfinished, path);
        }
        finally
        {
            File.Delete(unfinished);
        }

        return path;
    }
}
