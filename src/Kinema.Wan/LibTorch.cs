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

    private const string Beside = "libtorch";
    private static readonly Lazy<string?> _folder = new(Load);

    /// <summary>
    /// Loads libtorch from the folder that <see cref="Variable"/> names, else from a folder <c>libtorch</c> beside the program; where neither is there
    /// TorchSharp finds its own. Must come before the first use of TorchSharp; opening a checkpoint does it.
    /// </summary>
    /// <returns>The folder libtorch was taken from, or null where that is left to TorchSharp.</returns>
    /// <exception cref="InvalidOperationException">The folder has no libtorch, or one that does not fit.</exception>
    public static string? Prepare() => _folder.Value;

    private static string? Load()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var beside = Path.Combine(AppContext.BaseDirectory, Beside);
        var folder = !string.IsNullOrWhiteSpace(named) ? Load(named, $"{Variable} names {named}")
            : Directory.Exists(beside) ? Load(beside, $"The program brings {beside}")
            : null;

        // Makes TorchSharp load its own where none is loaded yet.
        torch.InitializeDeviceType(DeviceType.CPU);
        NnPack.Disable();
        return folder;
    }

    private static string Load(string folder, string who)
    {
        var wanted = Library(folder, "torch");
        if (!File.Exists(wanted))
            throw new InvalidOperationException($"{who}, which has no {Path.GetFileName(wanted)}.");

        // TorchSharp loads what lies there although libtorch is loaded, and two of it in a process end it.
        if (HostFolders().Select(f => Library(f, "torch_cpu")).FirstOrDefault(File.Exists) is { } second)
            throw new InvalidOperationException($"{who}, but the program brings {second} too; build it without a libtorch package.");

        // libtorch brings its own dependencies from its folder; TorchSharp's library then finds it by name among what is loaded.
        try
        {
            NativeLibrary.Load(wanted);
            if (HostFolders().Select(f => Library(f, "LibTorchSharp")).FirstOrDefault(File.Exists) is { } own)
                NativeLibrary.Load(own);
        }
        catch (DllNotFoundException exception)
        {
            throw new InvalidOperationException($"{who}, whose libtorch does not load with TorchSharp {typeof(torch).Assembly.GetName().Version}: {exception.Message}", exception);
        }

        return folder;
    }

    // Beside the program, or runtimes/<system>/native below it.
    private static IEnumerable<string> HostFolders() => (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Append(AppContext.BaseDirectory);

    private static string Library(string folder, string name) => Path.Combine(
        folder, OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so");
}
