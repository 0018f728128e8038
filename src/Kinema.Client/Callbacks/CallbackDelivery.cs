using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>A callback delivery and its state.</summary>
public sealed record CallbackDelivery
{
    /// <summary>Delivery id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Run id.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Callback URL.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>False for a requested redelivery.</summary>
    public bool? IsAutomatic { get; init; }

    /// <summary>State, one of <see cref="CallbackDeliveryStatus"/>.</summary>
    [JsonPropertyName("status_code")]
    public string? Status { get; init; }

    /// <summary>Machine-readable failure reason.</summary>
    [JsonPropertyName("failure_reason_code")]
    public string? FailureReason { get; init; }

    /// <summary>Human-readable failure reason.</summary>
    public string? FailureDetail { get; init; }

    /// <summary>Number of attempts so far.</summary>
    public int? AttemptCount { get; init; }

    /// <summary>Maximum number of attempts.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Time of the next attempt.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Time since which the delivery waits because callbacks are paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>The attempts.</summary>
    public IReadOnlyList<CallbackAttempt> Attempts { get; init; } = [];

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Id = {Id}, RunId = {RunId}, Status = {Status}, AttemptCount = {AttemptCount}");
        return true;
    }
}
