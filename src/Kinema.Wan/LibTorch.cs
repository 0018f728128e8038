using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Kinema.Wan;

/// <summary>Loads libtorch into this process and chooses which copy to load.</summary>
public static class LibTorch
{
    /// <summary>
    /// The environment variable that names a folder with libtorch's own libraries, to load instead of the copy beside the program: the <c>lib</c> folder
    /// of a libtorch download or of an installed PyTorch, of the version TorchSharp was built for.
    /// </summary>
    public const string EnvironmentVariable = "KINEMA_LIBTORCH";

    private const string DefaultFolder = "libtorch";
    private static readonly Lazy<string?> _folder = new(LoadOnce);

    /// <summary>
    /// Loads libtorch from the folder that <see cref="EnvironmentVariable"/> names, else from a folder <c>libtorch</c> beside the program. If neither exists,
    /// TorchSharp finds its own copy. Call it before the first use of TorchSharp; opening a checkpoint calls it.
    /// </summary>
    /// <returns>The folder libtorch was loaded from, or null if TorchSharp found its own copy.</returns>
    /// <exception cref="WanException">There is no libtorch, or one that does not load; the message says how to get one.</exception>
    public static string? Load() => _folder.Value;

    private static string? LoadOnce()
    {
        var named = Environment.GetEnvironmentVariable(EnvironmentVariable);
        var bundled = Path.Combine(AppContext.BaseDirectory, DefaultFolder);
        var folder = !string.IsNullOrWhiteSpace(named) ? LoadFrom(named, $"{EnvironmentVariable} names {named}")
            : Directory.Exists(bundled) ? LoadFrom(bundled, $"The program brings {bundled}")
            : null;

        if (folder is null && !IsBesideProgram())
            throw new WanException(LibTorchPackage.Missing);

        try
        {
            InitializeTorchSharp();
        }
        catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException or BadImageFormatException or NotSupportedException)
        {
            throw new WanException($"libtorch does not load: {exception.GetBaseException().Message} {LibTorchPackage.Remedy}", exception);
        }

        NnPack.Disable();
        return folder;
    }

    // Asked before TorchSharp is: without a libtorch it copies half a gigabyte out of the user's package cache and then fails.
    private static bool IsBesideProgram() =>
        NativeSearchFolders().Any(folder => File.Exists(LibraryPath(folder, "torch_cpu"))) || NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out _);

    // Makes TorchSharp load its own copy if none is loaded yet. A method of its own, since its static constructor may run when the caller is compiled.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void InitializeTorchSharp() => torch.InitializeDeviceType(DeviceType.CPU);

    private static string LoadFrom(string folder, string origin)
    {
        var wanted = LibraryPath(folder, "torch");
        if (!File.Exists(wanted))
            throw new WanException($"{origin}, which has no {Path.GetFileName(wanted)}.");

        // TorchSharp loads a copy that lies there even if libtorch is loaded already, and two copies crash the process.
        if (NativeSearchFolders().Select(f => LibraryPath(f, "torch_cpu")).FirstOrDefault(File.Exists) is { } second)
            throw new WanException($"{origin}, but the program brings {second} too; build it without a libtorch package.");

        // libtorch loads its dependencies from its own folder. TorchSharp's library then finds libtorch by name among the loaded libraries.
        try
        {
            NativeLibrary.Load(wanted);
            if (NativeSearchFolders().Select(f => LibraryPath(f, "LibTorchSharp")).FirstOrDefault(File.Exists) is { } own)
                NativeLibrary.Load(own);
        }
        catch (DllNotFoundException exception)
        {
            throw new WanException($"{origin}, whose libtorch does not load with TorchSharp {typeof(torch).Assembly.GetName().Version}: {exception.Message}", exception);
        }

        return folder;
    }

    // Beside the program, or runtimes/<system>/native below it.
    private static IEnumerable<string> NativeSearchFolders() => (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory);

    private static string LibraryPath(string folder, string name) => Path.Combine(
        folder, OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so");
}
