namespace Kinema.Storage.Disk;

/// <summary>The volume of the data folder.</summary>
internal interface IVolume
{
    long FreeBytes { get; }
}

internal sealed class DataVolume(DataFolder folder) : IVolume
{
    public long FreeBytes => new DriveInfo(folder.Root).AvailableFreeSpace;
}
