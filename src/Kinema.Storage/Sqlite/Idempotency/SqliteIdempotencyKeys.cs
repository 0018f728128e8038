using Dapper;
using Kinema.Core.Idempotency;

namespace Kinema.Storage.Sqlite.Idempotency;

internal sealed class SqliteIdempotencyKeys(IStoreDatabase database, StoreClock clock) : IIdempotencyKeys
{
    public Task<StoredAnswer?> FindAsync(IdempotencyScope scope, CancellationToken ct) => database.ReadAsync(
        c => c.QueryPrepared<IdempotencyRow>(
            Sql.FindIdempotencyKey, ("@orgId", scope.OrgId.ToString()), ("@route", scope.Route), ("@key", scope.Key), ("@now", clock.Wall))?.ToAnswer(scope),
        ct);

    public Task AddAsync(StoredAnswer answer, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            IdempotencyRow.Add(c, answer, clock.Wall);
            return true;
        },
        ct);

    public Task<int> RemoveExpiredAsync(int limit, CancellationToken ct) =>
        database.WriteAsync(c => c.Execute(Sql.RemoveExpiredIdempotencyKeys, new { now = clock.Wall, limit }), ct);
}
