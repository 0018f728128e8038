using Dapper;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs.Records;

internal sealed class SqliteRunFeedback(IStoreDatabase database) : IRunFeedback
{
    public Task<Run?> SetAsync(Guid orgId, Guid runId, RunFeedback feedback, CancellationToken ct) => database.WriteAsync(
        c => c.QuerySingleOrDefault<RunRow>(
            Sql.SetFeedback,
            new
            {
                orgId = orgId.ToString(),
                runId = runId.ToString(),
                setsIsPositive = feedback.SetsIsPositive,
                isPositive = feedback.IsPositive,
                setsReason = feedback.SetsReason,
                reason = feedback.Reason,
            })?.ToRun(),
        ct);
}
