using Dapper;
using Kinema.Core.Artifacts;
using Kinema.Storage.Disk;
using Kinema.Storage.Sqlite;

namespace Kinema.Storage;

internal sealed class UnnamedContents(SqliteDatabase database, DiskContentStore contents) : IUnnamedContents
{
    /// <remarks>Between transactions, so that no record that names the content is stored between the look and the removal, or undone after it.</remarks>
    public Task<bool> RemoveAsync(Guid orgId, string digest, DateTime storedAt, CancellationToken ct) => Task.Run(
        () =>
        {
            var removed = false;
            database.RunBetweenWrites(connection =>
            {
                if (!connection.ExecuteScalar<bool>(Sql.IsContentNamed, new { orgId = orgId.ToString(), digest }))
                    removed = contents.RemoveIfUnchanged(orgId, digest, storedAt);
            });
            return removed;
        },
        ct);
}
