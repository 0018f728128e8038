namespace Kinema.Client;

/// <summary>Whether the organization's callbacks wait.</summary>
public sealed record CallbackPause
{
    /// <summary>Time since which they wait; null if they do not.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Number of deliveries that wait.</summary>
    public long Waiting { get; init; }

    /// <summary>Number of attempts under way; 0 means that nothing arrives until the callbacks are resumed.</summary>
    public long UnderWay { get; init; }
}
