using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Kinema.Playground.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Settings.Usage;

/// <summary>Shows what the organization used.</summary>
public sealed partial class UsagePage
{
    /// <summary>Numbers of days that can be looked at.</summary>
    public static IReadOnlyList<int> Ranges { get; } = [7, 30, 90, 365];

    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required ApiKey Visitor { get; set; }

    [Parameter, EditorRequired]
    public required int Days { get; set; }

    /// <summary>Null if it could not be read just now.</summary>
    [Parameter]
    public UsageReport? Usage { get; set; }

    /// <summary>Whether the session may read models.</summary>
    [Parameter]
    public bool ShowsModels { get; set; }

    /// <summary>Bytes that the organization stores.</summary>
    [Parameter, EditorRequired]
    public required long Stored { get; set; }

    /// <summary>Bytes that it may store; null for no limit.</summary>
    [Parameter]
    public long? Quota { get; set; }

    private IReadOnlyList<(string Day, double Value, string Text)> RunsByDay => [.. Usage!.Days.Select(day => (day.Name, (double)day.Runs, Words.Number(day.Runs)))];

    private IReadOnlyList<(string Day, double Value, string Text)> SpendByDay => [.. Usage!.Days.Select(day => (day.Name, (double)day.Spend.Micros, $"${day.Spend}"))];

    /// <summary>Newest first.</summary>
    private IEnumerable<UsageTotal> DaysWithRuns => Usage!.Days.Where(day => day.Runs > 0).Reverse();
}
