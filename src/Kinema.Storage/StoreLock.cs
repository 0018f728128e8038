using Kinema.Storage.Disk;

namespace Kinema.Storage;

/// <summary>Exclusive lock of the store for one server; the kernel releases it when the process ends, for any reason.</summary>
internal sealed class StoreLock(DataFolder folder) : IDisposable
{
    private const int SharingViolation = 32;

    private FileStream? _held;

    public bool TryTake()
    {
        try
        {
            // FileShare.None is an exclusive flock; the descriptor is not inherited by child processes.
            _held ??= PrivateFile.Open(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException error) when (IsHeldByAnother(error))
        {
            return false;
        }
    }

    public void Dispose()
    {
        _held?.Dispose();
        _held = null;
    }

    /// <summary>A read-only or full disk is an <see cref="IOException"/> too.</summary>
    private static bool IsHeldByAnother(IOException error) => OperatingSystem.IsWindows()
        ? (error.HResult & 0xFFFF) == SharingViolation
        : error.HResult == (OperatingSystem.IsMacOS() ? 35 : 11); // EWOULDBLOCK
}
