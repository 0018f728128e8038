using Kinema.Core.Admission;
using Kinema.Core.Storage;

namespace Kinema.Storage.Disk;

/// <summary>Compares the free space with the floor. The trash is emptied, oldest files first, before anybody is refused.</summary>
internal sealed class DiskSpace(IVolume volume, IDiskFloor floor, Trash trash) : IDiskSpaceCheck
{
    public bool HasFreeSpace
    {
        get
        {
            if (!IsAboveFloor())
                trash.DeleteUntil(IsAboveFloor);
            return IsAboveFloor();
        }
    }

    private bool IsAboveFloor() => volume.FreeBytes >= floor.MinFreeBytes;
}

/// <summary>For programs that take no work from outside.</summary>
internal sealed class NoDiskFloor : IDiskFloor
{
    public long MinFreeBytes => 0;
}
