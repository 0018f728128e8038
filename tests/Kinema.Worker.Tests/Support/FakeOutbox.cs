using Kinema.Core.Callbacks;
using Kinema.Outbound;

namespace Kinema.Worker.Tests.Support;

/// <summary>An outbox in memory with the rules of the real one: due time, busy endpoints, one holder.</summary>
internal sealed class FakeOutbox(TimeProvider clock) : ICallbackOutbox
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Delivery> _rows = [];
    private readonly HashSet<Guid> _held = [];

    public IReadOnlyList<Delivery> Rows
    {
        get
        {
            lock (_gate)
                return [.. _rows.Values];
        }
    }

    public Delivery Add(string url, int maxAttempts = 3)
    {
        var now = clock.GetUtcNow();
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(now),
            OrgId = Guid.Empty,
            RunId = Guid.CreateVersion7(now),
            CallbackUrl = url,
            Payload = "{\"ok\": true}"u8.ToArray(),
            RequestId = "request",
            IsAutomatic = true,
            Status = "pending",
            AttemptCount = 0,
            MaxAttempts = maxAttempts,
            NextAttemptAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        lock (_gate)
            _rows[delivery.Id] = delivery;
        return delivery;
    }

    public Task<Delivery?> ClaimDueAsync(Guid instanceId, TimeSpan lease, BusyReceivers busy, CancellationToken ct)
    {
        lock (_gate)
        {
            var due = _rows.Values.FirstOrDefault(d => d.Status == "pending" && d.NextAttemptAt <= clock.GetUtcNow() && !_held.Contains(d.Id)
                && !busy.Endpoints.Contains(CallbackEndpoint.Of(d.CallbackUrl)) && !busy.Organizations.Contains(d.OrgId));
            if (due is not null)
                _held.Add(due.Id);
            return Task.FromResult(due);
        }
    }

    public Task RecordAsync(Guid deliveryId, DeliveryReport report, CancellationToken ct)
    {
        lock (_gate)
        {
            var row = _rows[deliveryId];
            _held.Remove(deliveryId);
            _rows[deliveryId] = row with
            {
                Status = report.Status,
                FailureReasonCode = report.FailureReasonCode,
                SigningSecretId = report.SigningSecretId,
                AttemptCount = row.AttemptCount + 1,
                NextAttemptAt = report.NextAttemptAt,
                Attempts = [.. row.Attempts, report.Attempt],
            };
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Delivery>?> ListAsync(Guid orgId, Guid runId, CancellationToken ct) => throw new NotSupportedException();

    public Task<RedeliverResult> RedeliverAsync(Guid orgId, Guid runId, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Answers by script and remembers what was sent.</summary>
internal sealed class FakeSender : ICallbackSender
{
    private readonly Lock _gate = new();
    private readonly List<CallbackMessage> _sent = [];

    public Func<CallbackMessage, CancellationToken, Task<CallbackReply>> Answer { get; set; } = (_, _) => Reply(200);

    public IReadOnlyList<CallbackMessage> Sent
    {
        get
        {
            lock (_gate)
                return [.. _sent];
        }
    }

    public static Task<CallbackReply> Reply(int? status) => Task.FromResult(new CallbackReply(status, null, false, 1));

    public Task<CallbackReply> SendAsync(CallbackMessage message, CancellationToken ct)
    {
        lock (_gate)
            _sent.Add(message);
        return Answer(message, ct);
    }
}

internal sealed class FakeSecrets : ICallbackSecrets
{
    public List<LiveSecret> Live { get; } = [];

    /// <summary>Thrown at each reading when set.</summary>
    public Exception? Problem { get; set; }

    public Task<IReadOnlyList<LiveSecret>> ReadLiveAsync(Guid orgId, CancellationToken ct) =>
        Problem is null ? Task.FromResult<IReadOnlyList<LiveSecret>>(Live) : throw Problem;

    public Task<(CallbackSecret Secret, string PlainSecret)> CreateAsync(Guid orgId, string? label, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<CallbackSecret>> ListAsync(Guid orgId, CancellationToken ct) => throw new NotSupportedException();

    public Task<CallbackSecret?> FindAsync(Guid orgId, Guid id, CancellationToken ct) => throw new NotSupportedException();

    public Task<CallbackSecret?> UpdateAsync(Guid orgId, Guid id, string? label, bool? isCurrent, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(Guid orgId, Guid id, CancellationToken ct) => throw new NotSupportedException();
}
