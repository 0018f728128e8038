namespace Kinema.Storage.Sqlite.Workers;

/// <summary>How long a remote worker counts after it was heard last. All times are steady time.</summary>
internal sealed class WorkerHearing(StoreClock clock)
{
    /// <summary>A worker that is there asks for runs or sends heartbeats several times within it, and one that starts again is back.</summary>
    private static readonly long _grace = Microseconds.FromSeconds(60);

    private static readonly long _listed = Microseconds.FromSeconds(86_400);

    private static readonly long _noted = Microseconds.FromSeconds(10);

    /// <summary>A worker heard later serves its engines. After a start every registered one does for a while: it could not be heard before.</summary>
    public long ServesAfter => clock.Steady - clock.Start < _grace ? long.MinValue : clock.Steady - _grace;

    /// <summary>A worker not heard later is forgotten.</summary>
    public long ForgottenBefore => clock.Steady - _listed;

    /// <summary>When a worker was heard is noted only if the last note is not later.</summary>
    public long UnlessSince => clock.Steady - _noted;
}
