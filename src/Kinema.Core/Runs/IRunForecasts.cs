namespace Kinema.Core.Runs;

/// <summary>Says how many runs come before a queued one, and when an unfinished one will probably end.</summary>
public interface IRunForecasts
{
    Task<RunForecast> ReadAsync(Run run, CancellationToken ct);
}

/// <param name="QueuePosition">1 for the run that a worker takes next; null unless it is queued with fewer than <see cref="MaxPosition"/> before it.</param>
/// <param name="CompletionAt">Null where too few runs of the same kind were measured, or this one already takes longer than they did.</param>
public sealed record RunForecast(int? QueuePosition, DateTimeOffset? CompletionAt)
{
    /// <summary>Counting stops there, so that a long queue costs its readers nothing.</summary>
    public const int MaxPosition = 1000;

    /// <summary>Fewer measured runs of the same model, engine and size allow no estimate.</summary>
    public const int MinSamples = 5;

    /// <summary>Measured runs that are kept of each kind; their median counts.</summary>
    public const int MaxSamples = 32;
}
