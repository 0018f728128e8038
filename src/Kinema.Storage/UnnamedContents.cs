using Dapper;
using Kinema.Core.Artifacts;
using Kinema.Storage.Sqlite;

namespace Kinema.Storage;

internal sealed class UnnamedContents(SqliteDatabase database, IContentStore contents) : IUnnamedContents
{
    /// <remarks>Inside a write transaction, so that no record that names the content is stored between the look and the removal.</remarks>
    public Task<bool> RemoveAsync(Guid orgId, string digest, DateTime storedAt, CancellationToken ct) => database.WriteAsync(
        connection =>
        {
            if (contents.Find(orgId, digest) is not { } path
                || File.GetLastWriteTimeUtc(path) > storedAt
                || connection.ExecuteScalar<bool>(Sql.IsContentNamed, new { orgId = orgId.ToString(), digest }))
            {
                return false;
            }

            File.Delete(path);
            return true;
        },
        ct);
}
