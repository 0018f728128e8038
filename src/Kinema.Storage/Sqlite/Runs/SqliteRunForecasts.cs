using Dapper;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Reads what a forecast is computed from: the queue, the workers and the last runs.</summary>
internal sealed class SqliteRunForecasts(SqliteDatabase database) : IRunForecasts
{
    public Task<RunForecast> ReadAsync(string engineId, CancellationToken ct) => database.ReadAsync(
        c =>
        {
            var (ahead, active, capacity) = c.QuerySingle<(long, long, long)>(Sql.ReadRunForecast);
            var durations = c.Query<long>(Sql.ReadRunDurations, new { engineId }).Select(micros => TimeSpan.FromMicroseconds(micros)).ToList();
            return RunForecast.Compute(durations, (int)ahead, (int)active, (int)capacity);
        },
        ct);
}
