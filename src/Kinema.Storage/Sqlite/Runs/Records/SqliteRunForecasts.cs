using Dapper;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite.Workers;

namespace Kinema.Storage.Sqlite.Runs.Records;

/// <summary>Forecasts by the turns of the organisations and the median time of the latest runs of the same kind.</summary>
internal sealed class SqliteRunForecasts(IStoreDatabase database, WorkerHearing hearing, StoreClock clock) : IRunForecasts
{
    public Task<RunForecast> ReadAsync(Run run, CancellationToken ct) => database.ReadAsync(c => Read(c, run), ct);

    private RunForecast Read(IStoreConnection connection, Run run)
    {
        var position = run.Status == RunStatus.Queued ? FindPosition(connection, run) : null;
        var (measured, median) = run.Status.IsTerminal() ? (0, null) : FindMedian(connection, run);
        if (median is null)
            return new(position, null) { Measured = measured };

        var now = clock.Wall;
        var start = run.Status == RunStatus.Queued
            ? FindStart(connection, run, position, median.Value, now)
            : connection.ExecuteScalar<long?>(Sql.FindClaimTime, new { runId = run.Id.ToString() });
        var end = start + median;
        return new(position, end > now ? end.FromMicros() : null)
        {
            Wait = run.Status == RunStatus.Queued && start is { } at ? TimeSpan.FromMicroseconds(at - now) : null,
            Duration = TimeSpan.FromMicroseconds(median.Value),
            Measured = measured,
        };
    }

    /// <summary>
    /// Organisations take turns: before the run, each other one gets as many runs as its own has before it, and one more if its turn comes first.
    /// </summary>
    private static int? FindPosition(IStoreConnection connection, Run run)
    {
        var own = Count(connection, run, run.OrgId.ToString(), run.CreatedAt.ToMicros(), run.Id.ToString(), RunForecast.MaxPosition);
        var before = own;
        var share = own + 1;
        foreach (var orgId in connection.Query<string>(Sql.ListOrgsWithQueuedRuns))
        {
            if (before >= RunForecast.MaxPosition)
                return null;

            if (orgId == run.OrgId.ToString())
                share = own;
            else
                before += Count(connection, run, orgId, long.MaxValue, "", Math.Min(share, RunForecast.MaxPosition - before));
        }

        return before >= RunForecast.MaxPosition ? null : before + 1;
    }

    private static int Count(IStoreConnection connection, Run run, string orgId, long createdAt, string id, int limit) =>
        connection.ExecuteScalar<int>(Sql.CountRunsBefore, new { orgId, engineId = run.EngineId, createdAt, id, limit });

    /// <summary>Takes the runs before it for runs of its own kind, and those under way as just begun.</summary>
    private long? FindStart(IStoreConnection connection, Run run, int? position, long median, long now)
    {
        var capacity = connection.ExecuteScalar<long>(Sql.ReadEngineCapacity, new { engineId = run.EngineId, heardAfter = hearing.ServesAfter });
        return position is null || capacity == 0
            ? null
            : now + ((connection.ExecuteScalar<long>(Sql.CountActiveRuns, new { engineId = run.EngineId }) + position.Value - 1) / capacity * median);
    }

    private static (int Measured, long? Median) FindMedian(IStoreConnection connection, Run run)
    {
        if (run.WorkSize is null)
            return (0, null);

        var times = connection.Query<long>(Sql.ReadRunTimes, new { engineId = run.EngineId, modelSlug = run.ModelSlug, workSize = run.WorkSize }).AsList();
        return (times.Count, times.Count < RunForecast.MinSamples ? null : times[times.Count / 2] * 1000);
    }
}
