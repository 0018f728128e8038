using System.Runtime.InteropServices;

namespace Kinema.Cli;

/// <summary>
/// Keeps glibc from holding memory that native libraries have freed. It makes up to eight heaps for each core, one after the other for threads of the pool, and each keeps what
/// its largest picture or tensor left: a worker with small weights grew to 1.2 GB in half an hour, of which 3 MB were managed objects, where it now stays at 0.26 GB.
/// </summary>
/// <remarks>
/// The runtime's own threads have made some heaps before this is called; <c>MALLOC_ARENA_MAX</c> in the environment limits those too. Other systems' C libraries lack these
/// functions, and nothing happens there.
/// </remarks>
internal static partial class NativeHeap
{
    // malloc.h
    private const int TrimThreshold = -1, MmapThreshold = -3, ArenaMax = -8;

    private const int Arenas = 2;
    private const int MostKept = 16 << 20;
    private const int LargeBlock = 1 << 20;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Makes no more heaps when there are two, and gives blocks of 1 MB and more back to the system as soon as they are freed; glibc would raise that limit to the largest such
    /// block, up to 32 MB.
    /// </summary>
    public static void Limit()
    {
        if (!OperatingSystem.IsLinux())
            return;

        try
        {
            _ = SetOption(ArenaMax, Arenas);
            _ = SetOption(MmapThreshold, LargeBlock);
            _ = SetOption(TrimThreshold, MostKept);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, musl for example.
        }
    }

    /// <summary>Gives free pages back to the system twice a minute, until cancelled.</summary>
    public static async Task TrimAsync(CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
            return;

        try
        {
            using var timer = new PeriodicTimer(_interval);
            while (await timer.WaitForNextTickAsync(ct))
                _ = Trim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or OperationCanceledException)
        {
            // The process ends, or has another C library.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint kept);
}
