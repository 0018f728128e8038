using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace Kinema.Client;

/// <summary>Counts of runs.</summary>
public sealed record RunStatistics
{
    /// <summary>By UTC day, every day of the time.</summary>
    public IReadOnlyList<DayStatistics> Timeline { get; init; } = [];

    /// <summary>By model; empty for a key without <c>models:read</c>.</summary>
    [JsonPropertyName("by_flow")]
    public IReadOnlyList<ModelStatistics> ByModel { get; init; } = [];

    /// <summary>By source.</summary>
    public IReadOnlyList<SourceStatistics> BySource { get; init; } = [];

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Timeline = {Timeline.Count}, ByModel = {ByModel.Count}, BySource = {BySource.Count}");
        return true;
    }
}
