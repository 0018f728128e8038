using System.Runtime.InteropServices;

namespace Kinema.Wan;

/// <summary>Disables NNPACK, which libtorch tries for small 2-D convolutions and which writes warnings to stderr on processors it does not know.</summary>
/// <remarks>
/// Disabled on Linux, the only system where libtorch contains NNPACK and TorchSharp runs on x86-64: one code path on every processor, and no warning per
/// call. TorchSharp does not expose the switch (torch.backends.nnpack in Python), so this calls libtorch's own by its C++ names.
/// </remarks>
internal static unsafe class NnPack
{
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetUserEnabled = "_ZN2at7Context20setUserEnabledNNPACKEb";
    private const string UserEnabled = "_ZNK2at7Context17userEnabledNNPACKEv";

    /// <summary>Whether libtorch would use it; null if this libtorch does not report it.</summary>
    public static bool? IsEnabled => TryFind(UserEnabled, out var context, out var function)
        ? ((delegate* unmanaged<nint, byte>)function)(context) != 0
        : null;

    /// <summary>Disables it, after libtorch is loaded. Does nothing if this libtorch has no such switch.</summary>
    public static void Disable()
    {
        if (TryFind(SetUserEnabled, out var context, out var function))
            ((delegate* unmanaged<nint, byte, void>)function)(context, 0);
    }

    // The system returns the loaded library of this name, wherever it was loaded from.
    private static bool TryFind(string name, out nint context, out nint function)
    {
        (context, function) = (0, 0);
        if (!OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libtorch_cpu.so", out var library)
            || !NativeLibrary.TryGetExport(library, GlobalContext, out var global)
            || !NativeLibrary.TryGetExport(library, name, out function))
        {
            return false;
        }

        context = ((delegate* unmanaged<nint>)global)();
        return true;
    }
}
