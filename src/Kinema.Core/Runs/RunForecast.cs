namespace Kinema.Core.Runs;

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

    /// <summary>Until a queued run is claimed; null where that cannot be told.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>From claim to end, the median of the measured runs; null if they are too few.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Runs of the same kind that were measured.</summary>
    public int Measured { get; init; }
}
