using System.Text.Json;
using Dapper;
using Kinema.Core.Pricing;
using Kinema.Core.Upstream;

namespace Kinema.Storage.Sqlite.Upstream;

/// <summary>The tasks of runs at providers. Limits are checked in the transaction that reserves, so that two submits never share the room for one.</summary>
internal sealed class SqliteUpstreamTasks(IStoreDatabase database, StoreClock clock) : IUpstreamTasks
{
    private const long MicrosOfDay = 86_400_000_000;

    public Task<UpstreamReservation> ReserveAsync(NewUpstreamTask task, SpendLimits limits, CancellationToken ct) =>
        database.WriteAsync(c => Reserve(c, task, limits), ct);

    public Task<bool> SubmittedAsync(string key, string taskId, CancellationToken ct) => database.WriteAsync(
        c => c.ExecuteScalar<long>(Sql.IsUpstreamTaskClaimed, new { key, taskId }) == 0 && Answer(c, key, UpstreamState.Submitted, taskId) == 1, ct);

    public Task RejectedAsync(string key, CancellationToken ct) => database.WriteAsync(c => Answer(c, key, UpstreamState.Rejected, taskId: null), ct);

    public Task DoubtfulAsync(string key, CancellationToken ct) => database.WriteAsync(c => Answer(c, key, UpstreamState.Doubtful, taskId: null), ct);

    public Task InterruptedAsync(string lane, CancellationToken ct) =>
        database.WriteAsync(c => c.Execute(Sql.InterruptUpstreamTasks, new { lane, now = clock.Wall }), ct);

    public Task EndedAsync(string key, UpstreamOutcome outcome, Money? cost, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            var now = clock.Wall;
            var ended = c.Execute(Sql.EndUpstreamTask, new { key, outcome = Name(outcome), cost = cost?.Micros, now });
            if (ended == 1 && cost is { Micros: > 0 } paid)
                c.Execute(Sql.AddUpstreamCost, new { key, cost = paid.Micros, now });
            return ended;
        },
        ct);

    public Task<UpstreamTask?> FindAsync(string key, CancellationToken ct) => database.ReadAsync(c => Find(c, key), ct);

    public Task<IReadOnlyList<UpstreamTask>> ListDoubtfulAsync(string lane, CancellationToken ct) => ListAsync(Sql.ListDoubtfulUpstreamTasks, lane, ct);

    public Task<IReadOnlyList<UpstreamTask>> ListLeftAsync(string lane, CancellationToken ct) => ListAsync(Sql.ListLeftUpstreamTasks, lane, ct);

    public Task<IReadOnlySet<string>> FindClaimedAsync(string lane, IReadOnlyList<string> taskIds, CancellationToken ct) => database.ReadAsync<IReadOnlySet<string>>(
        c => c.Query<string>(Sql.FindClaimedUpstreamTasks, new { lane, ids = JsonSerializer.Serialize(taskIds, StorageJson.Default.IReadOnlyListString) }).ToHashSet(StringComparer.Ordinal),
        ct);

    public Task<UpstreamSpend> ReadSpendAsync(string organization, CancellationToken ct) => database.ReadAsync(c => ReadSpend(c, organization), ct);

    private UpstreamReservation Reserve(IStoreConnection connection, NewUpstreamTask task, SpendLimits limits)
    {
        if (Find(connection, task.Key) is { State: not UpstreamState.Rejected } known)
            return new UpstreamReservation.Exists(known);
        if (connection.ExecuteScalar<long>(Sql.IsLaneTaken, new { lane = task.Lane }) > 0)
            return new UpstreamReservation.LaneTaken();

        var spent = ReadSpend(connection, task.Organization);
        if (IsBeyond(spent.InAll, task.Held, limits.InAll))
            return new UpstreamReservation.SpendReached(OfOrganization: false);
        if (IsBeyond(spent.OfOrganization, task.Held, limits.PerOrganization))
            return new UpstreamReservation.SpendReached(OfOrganization: true);

        connection.Execute(
            Sql.ReserveUpstreamTask,
            new { key = task.Key, lane = task.Lane, orgId = task.Organization, day = Today, held = task.Held.Micros, now = clock.Wall });
        return new UpstreamReservation.Reserved(Find(connection, task.Key)!);
    }

    private long Today => clock.Wall / MicrosOfDay;

    private UpstreamSpend ReadSpend(IStoreConnection connection, string organization)
    {
        var row = connection.QuerySingle<SpendRow>(Sql.ReadUpstreamSpend, new { day = Today, orgId = organization });
        return new(new Money(row.InAll), new Money(row.OfOrganization));
    }

    private int Answer(IStoreConnection connection, string key, UpstreamState state, string? taskId) =>
        connection.Execute(Sql.AnswerUpstreamTask, new { key, state = Name(state), taskId, now = clock.Wall });

    private Task<IReadOnlyList<UpstreamTask>> ListAsync(string statement, string lane, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<UpstreamTask>>(c => [.. c.Query<UpstreamTaskRow>(statement, new { lane }).Select(row => row.ToTask())], ct);

    private static UpstreamTask? Find(IStoreConnection connection, string key) => connection.QuerySingleOrDefault<UpstreamTaskRow>(Sql.FindUpstreamTask, new { key })?.ToTask();

    private static bool IsBeyond(Money spent, Money more, Money limit) => limit.Micros > 0 && spent.Micros + more.Micros > limit.Micros;

#pragma warning disable CA1308 // The store's words are lower case.
    private static string Name(Enum value) => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308

    private sealed class SpendRow
    {
        public required long InAll { get; init; }
        public required long OfOrganization { get; init; }
    }
}
