namespace Kinema.Engines;

/// <summary>
/// The engine cannot take the run, or go on with it, for now: its provider limits the rate, is down, or the day's spend is reached. The run waits and tries again;
/// the attempt does not count. Whatever the engine stored as a checkpoint comes back with the next attempt.
/// </summary>
public sealed class EngineBusyException : Exception
{
    /// <summary>Initializes a new instance that is tried again after a second.</summary>
    public EngineBusyException()
    {
    }

    /// <summary>Initializes a new instance with a message for the caller, tried again after a second.</summary>
    public EngineBusyException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with a message for the caller and the cause for the operator, tried again after a second.</summary>
    public EngineBusyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Initializes a new instance with a message for the caller and the time to wait.</summary>
    public EngineBusyException(string message, TimeSpan retryAfter)
        : base(message) => RetryAfter = retryAfter;

    /// <summary>Time until the run is tried again, from a tenth of a second to an hour; the worker keeps it within these.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
