using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Usage;

/// <summary>Totals as a table.</summary>
public sealed partial class TotalsTable
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>What the totals are by.</summary>
    [Parameter, EditorRequired]
    public required string Column { get; set; }

    [Parameter, EditorRequired]
    public required IEnumerable<UsageTotal> Totals { get; set; }
}
