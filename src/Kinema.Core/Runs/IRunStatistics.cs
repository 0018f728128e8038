using Kinema.Core.Pricing;

namespace Kinema.Core.Runs;

/// <summary>Counts runs by day, model and source.</summary>
public interface IRunStatistics
{
    /// <summary>Returns one row for each day (UTC), model and source with runs that were created in the time.</summary>
    Task<IReadOnlyList<RunCount>> ReadAsync(Guid orgId, DateTimeOffset start, DateTimeOffset end, CancellationToken ct);
}

/// <param name="Day">The day of creation.</param>
/// <param name="ModelSlug">The model.</param>
/// <param name="SourceCode">See <see cref="RunSources"/>.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="Spend">What they cost; runs that go on cost nothing yet.</param>
/// <param name="Ended">Those that have ended.</param>
/// <param name="Duration">Created to completed, of all that have ended.</param>
public sealed record RunCount(DateOnly Day, string ModelSlug, string SourceCode, long Runs, Money Spend, long Ended, TimeSpan Duration);
