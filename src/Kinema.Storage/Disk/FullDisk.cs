using Kinema.Core.Storage;

namespace Kinema.Storage.Disk;

/// <summary>Recognizes a volume that takes no more bytes. .NET has no exception for it and puts the system's error number into <see cref="Exception.HResult"/>.</summary>
internal static class FullDisk
{
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaUsedUp = 122;

    public static bool IsCauseOf(IOException e) => e.HResult is NoSpaceLeft or ReadOnlyFileSystem or QuotaUsedUp;

    public static StorageFullException Explain(IOException e) => new($"The data volume takes no more bytes: {e.Message}", e);
}
