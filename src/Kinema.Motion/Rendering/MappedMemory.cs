using System.Runtime.InteropServices;

namespace Kinema.Motion.Rendering;

/// <summary>
/// Zeroed memory, mapped directly from the system and returned directly to it. The C library would keep blocks of this size for reuse, in one heap for each
/// thread that ever prepared a picture. They would add up to hundreds of megabytes of unused memory.
/// </summary>
internal sealed unsafe partial class MappedMemory : IDisposable
{
    // mmap(2) on Linux.
    private const int ReadAndWrite = 1 | 2;
    private const int PrivateAnonymous = 2 | 0x20;

    // madvise(2): huge pages if the system has them. A frame reads dozens of rows at once, and each would need its own TLB entry.
    private const int AdviseHugePages = 14;

    private readonly nuint _bytes;
    private nint _address;

    public MappedMemory(nuint bytes)
    {
        _bytes = bytes;
        _address = OperatingSystem.IsLinux() ? Map(0, bytes, ReadAndWrite, PrivateAnonymous, -1, 0) : (nint)NativeMemory.AllocZeroed(bytes);
        if (_address == -1)
            throw new InsufficientMemoryException($"cannot allocate {bytes} bytes for the picture");
        if (OperatingSystem.IsLinux())
            _ = Advise(_address, bytes, AdviseHugePages);
    }

    ~MappedMemory() => Dispose();

    public nint Address => _address != 0 ? _address : throw new ObjectDisposedException(nameof(MappedMemory));

    public void Dispose()
    {
        var address = Interlocked.Exchange(ref _address, 0);
        if (address is not 0 and not -1)
        {
            if (OperatingSystem.IsLinux())
                _ = Unmap(address, _bytes);
            else
                NativeMemory.Free((void*)address);
        }

        GC.SuppressFinalize(this);
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
