namespace Kinema.Storage.Disk;

/// <summary>Young files are never swept: they may be on their way into a record.</summary>
internal readonly record struct MinimumFileAge(TimeProvider TimeProvider, TimeSpan Minimum)
{
    public bool IsReached(DateTime writtenUtc) => TimeProvider.GetUtcNow().UtcDateTime - writtenUtc >= Minimum;
}
