using Dapper;
using Kinema.Core.Callbacks;

namespace Kinema.Storage.Sqlite.Callbacks;

/// <summary>Pauses are rows that the claim of a delivery looks for, so they hold across restarts and processes.</summary>
internal sealed class SqliteCallbackPauses(IStoreDatabase database, StoreClock clock) : ICallbackPauses
{
    public Task<CallbackPause> PauseAsync(Guid orgId, CancellationToken ct) => WriteAsync(Sql.PauseCallbacks, orgId, ct);

    public Task<CallbackPause> ResumeAsync(Guid orgId, CancellationToken ct) => WriteAsync(Sql.ResumeCallbacks, orgId, ct);

    public Task<CallbackPause> ReadAsync(Guid orgId, CancellationToken ct) => database.ReadAsync(c => Read(c, orgId), ct);

    public Task<IReadOnlyList<Guid>> ListAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<Guid>>(c => [.. c.Query<string>(Sql.ListCallbackPauses).Select(Guid.Parse)], ct);

    private Task<CallbackPause> WriteAsync(string statement, Guid orgId, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            c.Execute(statement, new { orgId = orgId.ToString(), now = clock.Wall });
            return Read(c, orgId);
        },
        ct);

    private static CallbackPause Read(IStoreConnection connection, Guid orgId)
    {
        var row = connection.QuerySingle<PauseRow>(Sql.ReadCallbackPause, new { orgId = orgId.ToString() });
        return new(row.PausedAt.FromMicros(), (int)(row.Pending - row.UnderWay), (int)row.UnderWay);
    }

    private sealed class PauseRow
    {
        public long? PausedAt { get; init; }
        public required long Pending { get; init; }
        public required long UnderWay { get; init; }
    }
}
