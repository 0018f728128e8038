using Dapper;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;
using Kinema.Storage.Sqlite.Assets;
using Kinema.Storage.Sqlite.Idempotency;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>Run store for callers.</summary>
internal sealed class SqliteRunLedger(IStoreDatabase database, RunTermination termination, StoreClock clock) : IRunLedger
{
    public Task<AdmitOutcome> AdmitAsync(NewRun run, AdmissionLimits limits, CancellationToken ct) =>
        database.WriteAsync(c => Admit(c, run, limits), ct);

    public Task<Run?> FindAsync(Guid orgId, Guid runId, CancellationToken ct) =>
        database.ReadAsync(c => Find(c, orgId, runId)?.ToRun(), ct);

    public Task<RunPage> ListAsync(Guid orgId, RunListQuery query, CancellationToken ct) =>
        database.ReadAsync(c => RunListReader.Read(c, orgId, query), ct);

    public Task<IReadOnlyList<RunEvent>?> ReadEventsAsync(Guid orgId, Guid runId, long afterSequence, int limit, CancellationToken ct) =>
        database.ReadAsync(
            c => c.ExecuteScalar<bool>(Sql.RunExists, new { orgId = orgId.ToString(), runId = runId.ToString() })
                ? ReadEvents(c, runId, afterSequence, limit)
                : null,
            ct);

    public Task<CancelResult> CancelAsync(Guid? orgId, Guid runId, string? reason, CancellationToken ct) =>
        database.WriteAsync(c => Cancel(c, orgId, runId, reason), ct);

    public Task<IReadOnlyList<LedgerLine>> ReadLedgerAsync(Guid orgId, Guid runId, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<LedgerLine>>(
            c => [.. c.Query<LedgerRow>(Sql.ReadLedger, new { orgId = orgId.ToString(), runId = runId.ToString() })
                .Select(l => new LedgerLine(runId, l.Kind, new Money(l.Amount), l.At.FromMicros()))],
            ct);

    public Task<QueueDepth> ReadQueueDepthAsync(CancellationToken ct) =>
        database.ReadAsync(
            c =>
            {
                var (queued, active) = c.QuerySingle<(long, long)>(Sql.ReadQueueDepth);
                return new QueueDepth((int)queued, (int)active);
            },
            ct);

    private AdmitOutcome Admit(IStoreConnection connection, NewRun admitted, AdmissionLimits limits)
    {
        var run = admitted.Run;
        var orgId = run.OrgId.ToString();
        var (queued, queuedOfOrg) = QueueCounts.Read(connection, orgId);
        if (limits.Check(queued, queuedOfOrg) is not AdmitOutcome.Admitted and var refusal)
            return refusal;

        var (now, steady) = (clock.Wall, clock.Steady);
        var runId = run.Id.ToString();
        IReadOnlyList<NewRunEvent> events = [RunEvents.Status(RunStatus.Queued), .. admitted.Events];
        foreach (var asset in admitted.Assets)
            AssetRow.Add(connection, asset, runId);
        connection.ExecutePrepared(
            Sql.AdmitRun,
            ("@id", runId),
            ("@orgId", orgId),
            ("@modelId", run.ModelId.ToString()),
            ("@modelSlug", run.ModelSlug),
            ("@manifestVersion", run.ManifestVersion),
            ("@engineId", run.EngineId),
            ("@sourceCode", run.SourceCode),
            ("@inputJson", run.InputJson),
            ("@effectiveInputJson", run.EffectiveInputJson),
            ("@metadataJson", run.MetadataJson),
            ("@clientRef", run.ClientRef),
            ("@callbackUrl", run.CallbackUrl),
            ("@requestId", run.RequestId),
            ("@createdBy", run.CreatedBy?.ToString()),
            ("@createdAt", run.CreatedAt.ToMicros()),
            ("@deadlineAt", run.DeadlineAt.ToMicros()),
            ("@expiresAt", steady + (run.DeadlineAt - run.CreatedAt).ToMicros()),
            ("@availableAt", steady),
            ("@held", run.Held.Micros),
            ("@lastSequence", events.Count),
            ("@retryOf", run.RetryOf?.ToString()),
            ("@workSize", run.WorkSize),
            ("@traceParent", run.TraceParent));
        connection.ExecutePrepared(Sql.AddLedgerLine, ("@runId", runId), ("@orgId", orgId), ("@kind", "hold"), ("@amount", run.Held.Micros), ("@now", now));
        RunEventWriter.Add(connection, runId, events.Count, events, now);
        if (admitted.Answer is { } answer)
            IdempotencyRow.Add(connection, answer, now);
        return AdmitOutcome.Admitted;
    }

    /// <remarks>If the worker finishes a run before it notices the cancellation, the result stays and is charged.</remarks>
    private CancelResult Cancel(IStoreConnection connection, Guid? orgId, Guid runId, string? reason)
    {
        var run = Find(connection, orgId, runId);
        if (run is null || run.CompletedAt is not null || run.CancelRequestedAt is not null)
            return new(Changed: false, run?.ToRun());

        var marked = connection.QuerySingle<RunRow>(Sql.RequestCancel, new { runId = run.Id, reason, now = clock.Wall });
        return new(Changed: true, (marked.IsClaimed ? marked : termination.Cancel(connection, marked)).ToRun());
    }

    private static RunRow? Find(IStoreConnection connection, Guid? orgId, Guid runId) =>
        connection.QueryPrepared<RunRow>(Sql.FindRun, ("@orgId", orgId?.ToString()), ("@runId", runId.ToString()));

    private static IReadOnlyList<RunEvent> ReadEvents(IStoreConnection connection, Guid runId, long afterSequence, int limit) =>
        [.. connection.Query<EventRow>(Sql.ReadEvents, new { runId = runId.ToString(), afterSequence, limit })
            .Select(row => row.ToEvent())];

    private sealed class LedgerRow
    {
        public required string Kind { get; init; }
        public required long Amount { get; init; }
        public required long At { get; init; }
    }
}
