namespace Kinema.Storage.Disk;

/// <summary>Young files are never swept: they may be on their way into a record.</summary>
internal readonly record struct Age(TimeProvider Clock, TimeSpan Minimum)
{
    public bool IsReached(DateTime writtenUtc) => Clock.GetUtcNow().UtcDateTime - writtenUtc >= Minimum;
}
