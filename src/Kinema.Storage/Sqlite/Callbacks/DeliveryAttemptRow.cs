using Kinema.Core.Callbacks;

namespace Kinema.Storage.Sqlite.Callbacks;

/// <summary>A row of <c>delivery_attempts</c>.</summary>
internal sealed class DeliveryAttemptRow
{
    public required string Id { get; init; }
    public required string DeliveryId { get; init; }
    public required long AttemptNumber { get; init; }
    public long? StatusCode { get; init; }
    public string? ResponseBody { get; init; }
    public required long ResponseTimeMs { get; init; }
    public string? ErrorMessage { get; init; }
    public required long CreatedAt { get; init; }

    public DeliveryAttempt ToAttempt() =>
        new(Guid.Parse(Id), (int)AttemptNumber, (int?)StatusCode, ResponseBody, ResponseTimeMs, ErrorMessage, CreatedAt.FromMicros());
}
