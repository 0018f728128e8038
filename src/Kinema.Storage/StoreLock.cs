using Kinema.Storage.Disk;

namespace Kinema.Storage;

/// <summary>Exclusive lock of the store for one server; the kernel releases it when the process ends, for any reason.</summary>
internal sealed class StoreLock(DataFolder folder) : IDisposable
{
    private FileStream? _held;

    public bool TryTake()
    {
        try
        {
            // FileShare.None is an exclusive flock; the descriptor is not inherited by child processes.
            _held ??= PrivateFile.Open(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _held?.Dispose();
        _held = null;
    }
}
