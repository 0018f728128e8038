namespace Kinema.Storage.Sqlite;

/// <summary>
/// Two times, in microseconds since 1970 UTC. Wall time stamps what callers see. Steady time, for leases, delays and deadlines, starts as wall time and
/// then follows the monotonic clock, so that setting the machine's clock neither expires nor prolongs anything.
/// </summary>
internal sealed class StoreClock(TimeProvider timeProvider)
{
    private readonly long _wallAtStart = timeProvider.NowMicros();
    private readonly long _timestampAtStart = timeProvider.GetTimestamp();

    /// <summary>Steady time at the start of this process.</summary>
    public long Start => _wallAtStart;

    public long Wall => timeProvider.NowMicros();

    public long Steady => _wallAtStart + timeProvider.GetElapsedTime(_timestampAtStart).ToMicros();

    /// <summary>Converts a future wall time, computed just now, to steady time.</summary>
    public long ToSteady(DateTimeOffset wall) => Steady + (wall.ToMicros() - Wall);

    /// <summary>Converts a steady time to the wall time that a caller's clock shows then.</summary>
    public long ToWall(long steady) => Wall + (steady - Steady);
}
