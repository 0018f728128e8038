using Kinema.Core.Admission;
using Kinema.Core.Storage;

namespace Kinema.Storage.Disk;

/// <summary>
/// Accounts for the free space of the data volume: bytes under way count as taken. New work stays above the floor; what lies below is for runs under
/// way. The trash is emptied, oldest files first, before anybody is refused.
/// </summary>
internal sealed class DiskSpace(IVolume volume, IDiskFloor floor, Trash trash) : IDiskSpaceCheck
{
    private readonly Lock _gate = new();
    private long _reserved;

    public bool HasFreeSpace => TryMakeRoom(0, floor.MinFreeBytes);

    /// <summary>Reserves space for bytes that are about to come.</summary>
    /// <exception cref="StorageFullException">There is not enough.</exception>
    public DiskReservation Reserve(long bytes, DiskUse use)
    {
        var keep = use == DiskUse.NewWork ? floor.MinFreeBytes : 0;
        TryMakeRoom(bytes, keep);
        lock (_gate)
        {
            if (!HasRoom(bytes, keep))
                throw new StorageFullException($"The data volume has no room for {bytes} bytes more above the {keep} that must stay free.");

            _reserved += bytes;
            return new(this, bytes);
        }
    }

    public void GiveBack(long bytes)
    {
        lock (_gate)
            _reserved -= bytes;
    }

    private bool TryMakeRoom(long bytes, long keep)
    {
        if (HasRoom(bytes, keep))
            return true;

        trash.DeleteUntil(() => HasRoom(bytes, keep));
        return HasRoom(bytes, keep);
    }

    private bool HasRoom(long bytes, long keep)
    {
        lock (_gate)
            return volume.FreeBytes - _reserved - bytes >= keep;
    }
}

internal enum DiskUse
{
    NewWork,
    RunUnderWay,
}
