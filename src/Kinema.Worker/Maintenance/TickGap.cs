namespace Kinema.Worker.Maintenance;

/// <summary>
/// Notices that a periodic loop stood still: the machine was suspended, where only the wall clock goes on, or the process was stopped, where both clocks do.
/// </summary>
/// <param name="tolerance">Delay beyond the due time that still counts as a slow machine.</param>
internal sealed class TickGap(TimeSpan tolerance, TimeProvider timeProvider)
{
    private DateTimeOffset _wall = timeProvider.GetUtcNow();
    private long _monotonic = timeProvider.GetTimestamp();

    /// <summary>Ends a tick. Returns how long the loop stood still since the last, or null if it came in time.</summary>
    /// <param name="due">Time that the loop meant to let pass.</param>
    public TimeSpan? Tick(TimeSpan due)
    {
        var (wall, monotonic) = (timeProvider.GetUtcNow() - _wall, timeProvider.GetElapsedTime(_monotonic));
        (_wall, _monotonic) = (timeProvider.GetUtcNow(), timeProvider.GetTimestamp());
        var late = (wall > monotonic ? wall : monotonic) - due;
        return late > tolerance ? late : null;
    }
}
