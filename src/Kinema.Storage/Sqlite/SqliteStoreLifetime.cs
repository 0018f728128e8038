using Dapper;
using Kinema.Core.Storage;

namespace Kinema.Storage.Sqlite;

internal sealed class SqliteStoreLifetime(IStoreDatabase database) : IStoreLifetime
{
    public Task<StoreLifetime> ReadAsync(CancellationToken ct) => database.ReadAsync(
        c =>
        {
            var (created, lastRecorded) = c.QuerySingle<(long, long?)>(Sql.ReadStoreLifetime);
            return new StoreLifetime(created.FromMicros(), (lastRecorded ?? created).FromMicros());
        },
        ct);
}
