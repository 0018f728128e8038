using Dapper;
using Kinema.Core.Admission;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

internal sealed class SqliteQueueCheck(IStoreDatabase database) : IQueueCheck
{
    public Task<AdmitOutcome> CheckAsync(Guid orgId, AdmissionLimits limits, CancellationToken ct) => database.ReadAsync(
        connection =>
        {
            var (queued, queuedOfOrg) = connection.QuerySingle<(long, long)>(
                Sql.CheckQueue, new { orgId = orgId.ToString(), maxQueued = limits.MaxQueued, maxQueuedPerOrg = limits.MaxQueuedPerOrg });
            return limits.Check(queued, queuedOfOrg);
        },
        ct);
}
