namespace Kinema.Storage.Disk;

/// <summary>Minimum age for deleting a file: a newer file may be part of a write that has not finished.</summary>
internal readonly record struct MinimumFileAge(TimeProvider TimeProvider, TimeSpan Minimum)
{
    public bool IsReached(DateTime writtenUtc) => TimeProvider.GetUtcNow().UtcDateTime - writtenUtc >= Minimum;
}
