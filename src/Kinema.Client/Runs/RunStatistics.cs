using System.Globalization;
using System.Text;

namespace Kinema.Client;

/// <summary>Counts of runs.</summary>
public sealed record RunStatistics
{
    /// <summary>By UTC day, every day of the time.</summary>
    public IReadOnlyList<DayStatistics> Timeline { get; init; } = [];

    /// <summary>By model, which the contract calls a flow here; empty for a key without <c>models:read</c>.</summary>
    public IReadOnlyList<ModelStatistics> ByFlow { get; init; } = [];

    /// <summary>By source.</summary>
    public IReadOnlyList<SourceStatistics> BySource { get; init; } = [];

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"Timeline = {Timeline.Count}, ByFlow = {ByFlow.Count}, BySource = {BySource.Count}");
        return true;
    }
}
