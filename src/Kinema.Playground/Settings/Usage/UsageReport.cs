using System.Globalization;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Playground.Settings.Usage;

/// <summary>Counts of runs, added up by day, model and source.</summary>
public sealed record UsageReport(UsageTotal Total, IReadOnlyList<UsageTotal> Days, IReadOnlyList<UsageTotal> Models, IReadOnlyList<UsageTotal> Sources)
{
    /// <param name="counts">The counts.</param>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="nameOf">The name of a model.</param>
    public static UsageReport Of(IReadOnlyList<RunCount> counts, DateOnly first, DateOnly last, Func<string, string> nameOf)
    {
        var byDay = counts.ToLookup(count => count.Day);
        return new(
            UsageTotal.Of("All", counts),
            [.. Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays).Select(day => UsageTotal.Of(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), byDay[day]))],
            Group(counts, count => nameOf(count.ModelSlug)),
            Group(counts, count => count.SourceCode));
    }

    private static List<UsageTotal> Group(IReadOnlyList<RunCount> counts, Func<RunCount, string> key) =>
        [.. counts.GroupBy(key).Select(group => UsageTotal.Of(group.Key, group)).OrderByDescending(total => total.Runs).ThenBy(total => total.Name, StringComparer.Ordinal)];
}

/// <param name="Name">What it is the total of.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="Spend">What they cost.</param>
/// <param name="Average">From create to end, of those that have ended; null if none has.</param>
public sealed record UsageTotal(string Name, long Runs, Money Spend, TimeSpan? Average)
{
    public static UsageTotal Of(string name, IEnumerable<RunCount> counts)
    {
        var (runs, spend, ended, time) = (0L, 0L, 0L, TimeSpan.Zero);
        foreach (var count in counts)
            (runs, spend, ended, time) = (runs + count.Runs, spend + count.Spend.Micros, ended + count.Ended, time + count.Duration);
        return new(name, runs, new(spend), ended == 0 ? null : time / ended);
    }
}
