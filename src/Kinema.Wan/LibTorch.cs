using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Kinema.Wan;

/// <summary>Which libtorch this process computes with.</summary>
public static class LibTorch
{
    /// <summary>
    /// The environment variable that names a folder with libtorch's own libraries (the <c>lib</c> folder of a libtorch download or of an installed
    /// PyTorch, of the version TorchSharp was built for), to be used instead of the one beside the program.
    /// </summary>
    public const string Variable = "KINEMA_LIBTORCH";

    private static readonly Lazy<string?> _folder = new(() => Load(Environment.GetEnvironmentVariable(Variable)));

    /// <summary>Must come before the first use of TorchSharp; opening a checkpoint does it. Does nothing where the variable is not set.</summary>
    /// <returns>The folder libtorch was taken from, or null for the one beside the program.</returns>
    /// <exception cref="InvalidOperationException">The folder has no libtorch, or one that does not fit.</exception>
    public static string? Prepare() => _folder.Value;

    private static string? Load(string? folder)
    {
        if (string.IsNullOrWhiteSpace(folder))
            return null;

        var torchSharp = typeof(torch).Assembly;
        var wanted = Library(folder, "torch");
        if (!File.Exists(wanted))
            throw new InvalidOperationException($"{Variable} names {folder}, which has no {Path.GetFileName(wanted)}.");

        // libtorch brings its own dependencies from its folder; TorchSharp's library then finds them by name among what is loaded.
        nint native;
        try
        {
            NativeLibrary.Load(wanted);
            native = NativeLibrary.Load(Own("LibTorchSharp"));
        }
        catch (DllNotFoundException exception)
        {
            throw new InvalidOperationException($"{Variable} names {folder}, whose libtorch does not fit TorchSharp {torchSharp.GetName().Version}: {exception.Message}", exception);
        }

        NativeLibrary.SetDllImportResolver(torchSharp, (name, _, _) => name == "LibTorchSharp" ? native : 0);
        KeepTorchSharpFromLoadingItsOwn();
        return folder;
    }

    // TorchSharp looks for libtorch beside the program although one is loaded, and two in a process end it. It asks these before it looks.
    private static void KeepTorchSharpFromLoadingItsOwn()
    {
        foreach (var name in new[] { "nativeBackendLoaded", "nativeBackendCudaLoaded" })
        {
            var field = typeof(torch).GetField(name, BindingFlags.Static | BindingFlags.NonPublic)
                ?? throw new InvalidOperationException($"{Variable} is not supported with this version of TorchSharp.");
            field.SetValue(null, true);
        }
    }

    // Where the host looks for native libraries: beside the program or in runtimes/<system>/native.
    private static string Own(string name)
    {
        var folders = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Append(AppContext.BaseDirectory).Select(f => Library(f, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{Path.GetFileName(Library("", name))} of TorchSharp is not beside the program.");
    }

    private static string Library(string folder, string name) => Path.Combine(
        folder, OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so");
}
