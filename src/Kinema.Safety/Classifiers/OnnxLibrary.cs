using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Kinema.Safety.Classifiers;

/// <summary>Finds the native library of ONNX Runtime, which is not shipped. It is loaded when a classifier first is.</summary>
internal static class OnnxLibrary
{
    /// <summary>Name of the library that <c>kinema safety install</c> puts beside a manifest.</summary>
    public static string FileName { get; } = OperatingSystem.IsWindows() ? "onnxruntime.dll" : OperatingSystem.IsMacOS() ? "libonnxruntime.dylib" : "libonnxruntime.so";

    /// <summary>Lets the runtime find the library where the settings say it is.</summary>
    /// <param name="setting">Path by setting, or empty.</param>
    /// <param name="folder">Folder of the manifest.</param>
    /// <returns>Whether there is one of our own; else the runtime's own search is all there is.</returns>
    public static bool Register(string setting, string folder)
    {
        var beside = Path.Combine(folder, FileName);
        var library = setting.Length > 0 ? setting : File.Exists(beside) ? beside : null;
        if (library is null)
            return false;
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
            name.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase) && NativeLibrary.TryLoad(library, out var handle) ? handle : 0;
        return true;
    }
}
