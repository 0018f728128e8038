using System.Runtime.InteropServices;

namespace Kinema.Wan;

/// <summary>NNPACK, which libtorch asks for every small 2-D convolution and which complains on standard error about processors it does not know.</summary>
/// <remarks>
/// Switched off on Linux, the one system where libtorch brings it and TorchSharp runs on x86-64: one path on every processor, and no complaint for each
/// call. TorchSharp does not offer the switch (torch.backends.nnpack in Python), so libtorch's own is called under its C++ names.
/// </remarks>
internal static unsafe class NnPack
{
    private const string GlobalContext = "_ZN2at13globalContextEv";
    private const string SetUserEnabled = "_ZN2at7Context20setUserEnabledNNPACKEb";
    private const string UserEnabled = "_ZNK2at7Context17userEnabledNNPACKEv";

    /// <summary>Whether libtorch would ask it; null where this libtorch does not say.</summary>
    public static bool? IsEnabled => TryFind(UserEnabled, out var context, out var function)
        ? ((delegate* unmanaged<nint, byte>)function)(context) != 0
        : null;

    /// <summary>Switches it off, once libtorch is loaded. A libtorch without the switch is left as it is.</summary>
    public static void Disable()
    {
        if (TryFind(SetUserEnabled, out var context, out var function))
            ((delegate* unmanaged<nint, byte, void>)function)(context, 0);
    }

    // The system gives the library that is loaded already under this name, wherever it was loaded from.
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
