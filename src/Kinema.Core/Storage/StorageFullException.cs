namespace Kinema.Core.Storage;

/// <summary>A write failed because the disk is full, a quota of the file system is used up or the data volume is read-only. Nothing is damaged.</summary>
public sealed class StorageFullException(string message, Exception? innerException = null) : IOException(message, innerException)
{
    /// <summary>Linux's numbers; .NET has no exception for them and puts the system's number into <see cref="Exception.HResult"/>.</summary>
    private const int NoSpaceLeft = 28, ReadOnlyFileSystem = 30, QuotaUsedUp = 122;

    /// <summary>Whether the error is one of a volume that takes no more bytes.</summary>
    public static bool IsCause(IOException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.HResult is NoSpaceLeft or ReadOnlyFileSystem or QuotaUsedUp;
    }
}
