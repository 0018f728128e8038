using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>The runs of a source.</summary>
public sealed record SourceStatistics
{
    /// <summary>Source: <c>api</c>, <c>cli</c>, ...</summary>
    [JsonPropertyName("source_code")]
    public required string Source { get; init; }

    /// <summary>Number of runs created.</summary>
    public long Runs { get; init; }

    /// <summary>Share of all runs, percent.</summary>
    [JsonPropertyName("pct")]
    public double Percent { get; init; }
}
