using System.Text.Json;
using Dapper;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs.Records;

internal sealed class SqliteRunHistory(IStoreDatabase database) : IRunHistory
{
    public Task<IReadOnlyList<RunEvent>?> ReadLogsAsync(Guid orgId, Guid runId, long afterSequence, int limit, CancellationToken ct) =>
        ReadAsync<IReadOnlyList<RunEvent>>(
            orgId,
            runId,
            c => [.. c.Query<EventRow>(Sql.ReadLogs, new { runId = runId.ToString(), afterSequence, limit }).Select(row => row.ToEvent())],
            ct);

    public Task<IReadOnlyList<AttemptRecord>?> ReadAttemptsAsync(Guid orgId, Guid runId, CancellationToken ct) =>
        ReadAsync<IReadOnlyList<AttemptRecord>>(orgId, runId, c => ReadAttempts(c, runId.ToString()), ct);

    private Task<T?> ReadAsync<T>(Guid orgId, Guid runId, Func<IStoreConnection, T> read, CancellationToken ct)
        where T : class =>
        database.ReadAsync(c => c.ExecuteScalar<bool>(Sql.RunExists, new { orgId = orgId.ToString(), runId = runId.ToString() }) ? read(c) : null, ct);

    private static List<AttemptRecord> ReadAttempts(IStoreConnection connection, string runId)
    {
        var attempts = connection.Query<AttemptRow>(Sql.ReadAttempts, new { runId }).Select(row => row.ToAttempt()).ToList();

        // Each claim stored one dispatching event, in the order of the attempts; their times may be those of a clock that was set.
        var index = -1;
        foreach (var e in connection.Query<EventRow>(Sql.ReadStatusEvents, new { runId }))
        {
            using var data = JsonDocument.Parse(e.DataJson);
            var status = RunStatusCodes.Parse(data.RootElement.GetProperty("status_code").GetString()!);
            if (status == RunStatus.Dispatching)
                index++;
            else if (status == RunStatus.Running && index >= 0 && index < attempts.Count)
                attempts[index] = attempts[index] with { RunningAt = e.At.FromMicros() };
        }

        return attempts;
    }
}
