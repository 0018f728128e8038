using Dapper;
using Kinema.Core.Storage;

namespace Kinema.Storage.Sqlite;

internal sealed class SqliteStorageUsage(IStoreDatabase database) : IStorageUsage
{
    public Task<long> ReadAsync(Guid orgId, CancellationToken ct) =>
        database.ReadAsync(connection => connection.ExecuteScalar<long>(Sql.ReadStorageUsage, new { orgId = orgId.ToString() }), ct);
}
