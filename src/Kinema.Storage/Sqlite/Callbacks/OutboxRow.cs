using Dapper;
using Kinema.Core.Callbacks;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Callbacks;

/// <summary>A row of <c>outbox</c>.</summary>
internal sealed class OutboxRow
{
    /// <summary>The contract's: at once, after 1 s, after 2 s.</summary>
    public const int AttemptLimit = 3;

    public required string Id { get; init; }
    public required string OrgId { get; init; }
    public required string RunId { get; init; }
    public required string CallbackUrl { get; init; }
    public required byte[] Payload { get; init; }
    public required string RequestId { get; init; }
    public required long IsAutomatic { get; init; }
    public required string Status { get; init; }
    public string? FailureReasonCode { get; init; }
    public string? FailureDetail { get; init; }
    public string? SigningSecretId { get; init; }
    public string? TraceParent { get; init; }
    public required long AttemptCount { get; init; }
    public required long MaxAttempts { get; init; }
    public long? NextAttemptAt { get; init; }
    public required long CreatedAt { get; init; }
    public required long UpdatedAt { get; init; }
    public long? CompletedAt { get; init; }

    public Delivery ToDelivery(IEnumerable<DeliveryAttempt> attempts, StoreClock clock) => new()
    {
        Id = Guid.Parse(Id),
        OrgId = Guid.Parse(OrgId),
        RunId = Guid.Parse(RunId),
        CallbackUrl = CallbackUrl,
        Payload = Payload,
        RequestId = RequestId,
        IsAutomatic = IsAutomatic != 0,
        Status = Status,
        FailureReasonCode = FailureReasonCode,
        FailureDetail = FailureDetail,
        SigningSecretId = SigningSecretId is null ? null : Guid.Parse(SigningSecretId),
        TraceParent = TraceParent,
        AttemptCount = (int)AttemptCount,
        MaxAttempts = (int)MaxAttempts,
        NextAttemptAt = NextAttemptAt is { } next ? clock.ToWall(next).FromMicros() : null,
        CreatedAt = CreatedAt.FromMicros(),
        UpdatedAt = UpdatedAt.FromMicros(),
        CompletedAt = CompletedAt.FromMicros(),
        Attempts = [.. attempts],
    };

    public static void Add(IStoreConnection connection, Run run, byte[] payload, bool isAutomatic, Guid id, StoreClock clock) =>
        connection.Execute(Sql.AddDelivery, new
        {
            id = id.ToString(),
            orgId = run.OrgId.ToString(),
            runId = run.Id.ToString(),
            callbackUrl = run.CallbackUrl,
            endpoint = CallbackEndpoint.Of(run.CallbackUrl!),
            payload,
            requestId = run.RequestId,
            isAutomatic = isAutomatic ? 1 : 0,
            maxAttempts = AttemptLimit,
            nextAttemptAt = clock.Steady,
            now = clock.Wall,
            traceParent = run.TraceParent,
        });
}
