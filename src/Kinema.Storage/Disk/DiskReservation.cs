namespace Kinema.Storage.Disk;

/// <summary>Space for bytes under way. Bytes that were written have left the free space themselves, so they are given back as they are written.</summary>
internal sealed class DiskReservation(DiskSpace space, long bytes) : IDisposable
{
    private long _left = bytes;

    public void Written(long count)
    {
        var given = Math.Min(count, _left);
        _left -= given;
        space.GiveBack(given);
    }

    public void Dispose() => Written(_left);
}
