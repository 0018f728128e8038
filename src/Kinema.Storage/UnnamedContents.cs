using Dapper;
using Kinema.Core.Artifacts;
using Kinema.Storage.Disk;
using Kinema.Storage.Sqlite;

namespace Kinema.Storage;

internal sealed class UnnamedContents(IStoreDatabase database, DiskContentStore contents) : IUnnamedContents
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

    /// <summary>Removes the content if no record names it and every record that did is younger than the file: a newer file may belong to a write whose record is yet to come.</summary>
    public Task RemoveGivenUpAsync(Guid orgId, string digest, CancellationToken ct) => Task.Run(
        () => database.RunBetweenWrites(connection =>
        {
            var content = new { orgId = orgId.ToString(), digest };
            if (contents.Find(orgId, digest) is not { } path || connection.ExecuteScalar<bool>(Sql.IsContentNamed, content))
                return;

            var storedAt = File.GetLastWriteTimeUtc(path);
            if (new DateTimeOffset(storedAt).ToMicros() <= connection.ExecuteScalar<long?>(Sql.FindLastRecordOfContent, content))
                contents.RemoveIfUnchanged(orgId, digest, storedAt);
        }),
        ct);
}
