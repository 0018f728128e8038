using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>A phase of an attempt. The contract calls it a node run.</summary>
public sealed record RunPhase
{
    /// <summary>Id of the phase.</summary>
    public required Guid Id { get; init; }

    /// <summary>Run id.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Phase: <c>preprocess</c>, <c>inference</c>, <c>encode</c> or <c>upload</c>.</summary>
    [JsonPropertyName("node_id")]
    public string? Phase { get; init; }

    /// <summary>State, one of <see cref="RunPhaseStatus"/>.</summary>
    [JsonPropertyName("state_code")]
    public string? Status { get; init; }

    /// <summary>Duration, milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>Number of attempts before this one.</summary>
    public int? RetryCount { get; init; }

    /// <summary>Why the phase failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Begin of the phase.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>End of the phase.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Phase = {Phase}, Status = {Status}, DurationMs = {DurationMs}, RetryCount = {RetryCount}");
        return true;
    }
}
