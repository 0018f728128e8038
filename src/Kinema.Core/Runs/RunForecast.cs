namespace Kinema.Core.Runs;

/// <summary>How long runs of an engine take, by the last that it finished.</summary>
/// <param name="Ahead">Runs that wait before a new one.</param>
/// <param name="Wait">Until a new run would start; null if too few runs were measured.</param>
/// <param name="Duration">From start to end; null likewise.</param>
/// <param name="Measured">Runs that it was computed from.</param>
public sealed record RunForecast(int Ahead, TimeSpan? Wait, TimeSpan? Duration, int Measured)
{
    private const int FewestMeasured = 3;

    /// <param name="durations">Of the last runs that succeeded.</param>
    /// <param name="ahead">Runs that wait.</param>
    /// <param name="active">Runs that workers have.</param>
    /// <param name="capacity">Runs that workers take at once.</param>
    public static RunForecast Compute(IReadOnlyList<TimeSpan> durations, int ahead, int active, int capacity)
    {
        if (durations.Count < FewestMeasured || capacity == 0)
            return new(ahead, null, null, durations.Count);

        // The median, because one run that hung says nothing about the next.
        var median = durations.Order().ElementAt(durations.Count / 2);

        // Those under way are half done on average; a free place means no wait.
        var wait = ahead + active < capacity ? TimeSpan.Zero : median * (ahead + (Math.Min(active, capacity) / 2.0)) / capacity;
        return new(ahead, wait, median, durations.Count);
    }
}

public interface IRunForecasts
{
    Task<RunForecast> ReadAsync(string engineId, CancellationToken ct);
}
