namespace Kinema.Storage.Disk;

/// <summary>The volume of the data folder.</summary>
internal interface IVolume
{
    long FreeBytes { get; }
}

internal sealed class DataVolume(DataFolder folder) : IVolume
{
    public long FreeBytes
    {
        get
        {
            // If the folder was deleted, its parent answers: readiness then names the folder, not the disk.
            var path = folder.Root;
            while (!Directory.Exists(path) && Path.GetDirectoryName(path) is { } parent)
                path = parent;
            return new DriveInfo(path).AvailableFreeSpace;
        }
    }
}
