using System.Runtime.InteropServices;

namespace Kinema.Motion.Rendering;

/// <summary>
/// Zeroed memory straight from the system and straight back to it. The C library would keep blocks of this size for later, in one heap
/// for each thread that ever prepared a picture; they would add up to hundreds of megabytes that nobody uses.
/// </summary>
internal sealed unsafe partial class Pages : IDisposable
{
    // mmap(2) on Linux.
    private const int ReadAndWrite = 1 | 2;
    private const int PrivateAnonymous = 2 | 0x20;

    // madvise(2): large pages where the system has them. A frame reads dozens of rows at once, each of which would need a place of its own in the
    // processor's table of pages.
    private const int InLargePages = 14;

    private readonly nuint _bytes;
    private nint _address;

    public Pages(nuint bytes)
    {
        _bytes = bytes;
        _address = OperatingSystem.IsLinux() ? Map(0, bytes, ReadAndWrite, PrivateAnonymous, -1, 0) : (nint)NativeMemory.AllocZeroed(bytes);
        if (_address == -1)
            throw new InsufficientMemoryException($"the system has no {bytes} bytes left for the picture");
        if (OperatingSystem.IsLinux())
            _ = Advise(_address, bytes, InLargePages);
    }

    ~Pages() => Dispose();

    public nint Address => _address != 0 ? _address : throw new ObjectDisposedException(nameof(Pages));

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
