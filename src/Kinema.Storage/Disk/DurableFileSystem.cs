using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Kinema.Storage.Disk;

/// <summary>File operations that survive a power failure: .NET cannot flush directories.</summary>
internal static partial class DurableFileSystem
{
    public static void FlushFile(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Renames on the same volume, replaces an existing file and flushes the folder. The caller has flushed the file.</summary>
    public static void Rename(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        FlushFolder(Path.GetDirectoryName(to)!);
    }

    /// <summary>Creates a folder and all missing parents below <paramref name="root"/> and flushes each changed folder.</summary>
    public static void CreateFolder(string root, string folder)
    {
        if (Directory.Exists(folder))
            return;

        var parent = Path.GetDirectoryName(folder)!;
        if (parent.Length >= root.Length)
            CreateFolder(root, parent);
        DataFolder.CreatePrivate(folder);
        FlushFolder(parent);
    }

    public static void FlushFolder(string folder)
    {
        // Windows writes directory changes through its own journal and has no such call.
        if (!OperatingSystem.IsWindows())
            FlushFolderOnUnix(folder);
    }

    [UnsupportedOSPlatform("windows")]
    private static void FlushFolderOnUnix(string folder)
    {
        // Read only; on Linux also closed in child processes, as every descriptor of .NET is.
        var flags = OperatingSystem.IsLinux() ? 0x80000 : 0;
        using var handle = new SafeFileHandle(Open(folder, flags), ownsHandle: true);
        if (handle.IsInvalid)
            throw new IOException($"The folder {folder} cannot be opened to flush it (error {Marshal.GetLastPInvokeError()}).", Marshal.GetLastPInvokeError());
        if (FSync(handle) != 0)
            throw new IOException($"The folder {folder} cannot be flushed (error {Marshal.GetLastPInvokeError()}).", Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FSync(SafeFileHandle file);
}
