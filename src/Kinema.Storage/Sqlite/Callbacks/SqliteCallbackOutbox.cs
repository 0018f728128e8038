using System.Text.Json;
using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Storage.Sqlite.Runs;

namespace Kinema.Storage.Sqlite.Callbacks;

/// <summary>Stores callbacks. Delivery is at least once: after a crash between sending and recording, the callback is sent again.</summary>
internal sealed class SqliteCallbackOutbox(IStoreDatabase database, ICallbackComposer composer, StoreClock clock) : ICallbackOutbox
{
    public Task<Delivery?> ClaimDueAsync(Guid instanceId, TimeSpan lease, BusyReceivers busy, CancellationToken ct) => database.WriteAsync(
        c =>
        {
            var now = clock.Steady;
            var busyEndpoints = JsonSerializer.Serialize([.. busy.Endpoints], StorageJson.Default.IReadOnlyListString);
            var busyOrgs = busy.Organizations.Select(id => id.ToString()).ToHashSet(StringComparer.Ordinal);
            var deliveryId = OrgTurns.Take(c, OrgTurns.Deliveries, Sql.ListOrgsWithDeliveries, orgId => busyOrgs.Contains(orgId)
                ? null
                : c.ExecuteScalar<string?>(Sql.FindNextDelivery, new { orgId, busyEndpoints, now }));
            if (deliveryId is null)
                return null;

            var row = c.QuerySingle<OutboxRow>(Sql.ClaimDelivery, new { deliveryId, instanceId = instanceId.ToString(), lockedUntil = now + lease.ToMicros() });
            return WithAttempts(c, [row])[0];
        },
        ct);

    public Task RecordAsync(Guid deliveryId, DeliveryReport report, CancellationToken ct) => database.WriteAsync(c => Record(c, deliveryId, report), ct);

    public Task<IReadOnlyList<Delivery>?> ListAsync(Guid orgId, Guid runId, CancellationToken ct) => database.ReadAsync(
        c =>
        {
            var parameters = new { orgId = orgId.ToString(), runId = runId.ToString(), limit = ICallbackOutbox.MaxListed };
            return c.ExecuteScalar<bool>(Sql.RunExists, parameters)
                ? WithPause(c, WithAttempts(c, c.Query<OutboxRow>(Sql.ListDeliveries, parameters).AsList()), parameters.orgId)
                : null;
        },
        ct);

    public Task<RedeliverResult> RedeliverAsync(Guid orgId, Guid runId, CancellationToken ct) =>
        database.WriteAsync(c => Redeliver(c, orgId, runId), ct);

    public Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct) => database.WriteAsync(
        c => c.Execute(Sql.UnlockDeliveriesOfOthers, new { instanceId = liveInstanceId.ToString() }), ct);

    private int Record(IStoreConnection connection, Guid deliveryId, DeliveryReport report)
    {
        var attemptNumber = connection.QuerySingleOrDefault<long?>(Sql.RecordDelivery, new
        {
            deliveryId = deliveryId.ToString(),
            status = report.Status,
            failureReasonCode = report.FailureReasonCode,
            failureDetail = report.FailureDetail,
            nextAttemptAt = report is { Status: "pending", NextAttemptAt: { } next } ? clock.ToSteady(next) : (long?)null,
            signingSecretId = report.SigningSecretId?.ToString(),
            now = clock.Wall,
        }) ?? throw new ArgumentException($"There is no delivery {deliveryId}.", nameof(deliveryId));

        return connection.Execute(Sql.AddDeliveryAttempt, new
        {
            id = report.Attempt.Id.ToString(),
            deliveryId = deliveryId.ToString(),
            attemptNumber,
            statusCode = report.Attempt.HttpStatusCode,
            responseBody = report.Attempt.ResponseBody,
            responseTimeMs = report.Attempt.ResponseTimeMs,
            errorMessage = report.Attempt.ErrorMessage,
            createdAt = report.Attempt.CreatedAt.ToMicros(),
        });
    }

    private RedeliverResult Redeliver(IStoreConnection connection, Guid orgId, Guid runId)
    {
        var row = connection.QuerySingleOrDefault<RunRow>(Sql.FindRun, new { orgId = orgId.ToString(), runId = runId.ToString() });
        if (row is null)
            return new(RedeliverOutcome.RunNotFound, null);
        if (row.CompletedAt is null)
            return new(RedeliverOutcome.RunNotTerminal, null);
        if (row.CallbackUrl is null)
            return new(RedeliverOutcome.NoCallbackUrl, null);
        if (connection.QuerySingleOrDefault<OutboxRow>(Sql.FindDeliveryInFlight, new { runId = row.Id }) is { } inFlight)
            return new(RedeliverOutcome.InFlight, WithAttempts(connection, [inFlight])[0]);

        // Composes a new body, so that its URLs are newly signed.
        var run = row.ToRun();
        var id = Guid.CreateVersion7(clock.Wall.FromMicros());
        OutboxRow.Add(connection, run, composer.Compose(run), isAutomatic: false, id, clock);
        var delivery = connection.QuerySingle<OutboxRow>(Sql.FindDelivery, new { deliveryId = id.ToString() }).ToDelivery([], clock);
        return new(RedeliverOutcome.Created, WithPause(connection, [delivery], orgId.ToString())[0]);
    }

    private static IReadOnlyList<Delivery> WithPause(IStoreConnection connection, IReadOnlyList<Delivery> deliveries, string orgId) =>
        connection.ExecuteScalar<long?>(Sql.FindCallbackPause, new { orgId }) is { } pausedAt
            ? [.. deliveries.Select(d => d.CompletedAt is null ? d with { PausedAt = pausedAt.FromMicros() } : d)]
            : deliveries;

    private IReadOnlyList<Delivery> WithAttempts(IStoreConnection connection, IReadOnlyList<OutboxRow> rows)
    {
        IReadOnlyList<string> ids = [.. rows.Select(r => r.Id)];
        var attempts = connection
            .Query<DeliveryAttemptRow>(Sql.ListDeliveryAttempts, new { deliveryIds = JsonSerializer.Serialize(ids, StorageJson.Default.IReadOnlyListString) })
            .ToLookup(a => a.DeliveryId, a => a.ToAttempt());
        return [.. rows.Select(r => r.ToDelivery(attempts[r.Id], clock))];
    }
}
