using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>The runs of a model.</summary>
public sealed record ModelStatistics
{
    /// <summary>Model path.</summary>
    [JsonPropertyName("flow_slug")]
    public required string Model { get; init; }

    /// <summary>Display name of the model.</summary>
    [JsonPropertyName("flow_name")]
    public string? Name { get; init; }

    /// <summary>Number of runs created.</summary>
    public long Runs { get; init; }

    /// <summary>What they cost, US dollars.</summary>
    public decimal Spend { get; init; }

    /// <summary>Average time from creation to end, milliseconds; null if none has ended.</summary>
    [JsonPropertyName("avg_duration_ms")]
    public long? AverageDurationMs { get; init; }
}
