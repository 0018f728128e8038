using Kinema.Core.Storage;

namespace Kinema.Storage.Postgres;

/// <summary>PostgreSQL has its own tools for backups; they know more of the database than a copy of its rows.</summary>
internal sealed class PostgresBackup(DataFolder folder) : IStoreBackup
{
    /// <exception cref="InvalidOperationException">Always: says what to do instead.</exception>
    public Task<StoreBackupReport> WriteAsync(Stream target, StoreBackupOptions options, CancellationToken ct) => throw new InvalidOperationException(
        $"The records lie in PostgreSQL (Data:Postgres). Back them up with pg_dump first, and then master.key, content/ and artifacts/ in {folder.Root}.");
}
