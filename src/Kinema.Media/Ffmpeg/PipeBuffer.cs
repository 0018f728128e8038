using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Kinema.Media.Ffmpeg;

/// <summary>
/// Enlarges the buffer of a pipe to a third of a frame instead of a fiftieth: an order of magnitude fewer context switches between this process
/// and the encoder. If the kernel refuses, the pipe stays as it is.
/// </summary>
internal static partial class PipeBuffer
{
    /// <summary>Largest size that Linux grants without privileges (pipe(7), /proc/sys/fs/pipe-max-size).</summary>
    private const int Bytes = 1 << 20;

    /// <summary>F_SETPIPE_SZ, fcntl(2).</summary>
    private const int SetPipeSize = 1031;

    public static void Enlarge(Stream pipe)
    {
        if (OperatingSystem.IsLinux() && pipe is PipeStream { SafePipeHandle: { IsInvalid: false } handle })
            _ = Control(handle, SetPipeSize, Bytes);
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeHandle pipe, int command, int argument);
}
