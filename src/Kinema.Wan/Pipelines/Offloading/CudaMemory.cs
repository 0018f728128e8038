using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Free memory of a GPU, from the CUDA runtime that libtorch has loaded: its numbers of devices are libtorch's, whatever NVML would call them.</summary>
internal static unsafe class CudaMemory
{
    /// <summary>Null where there is no runtime, or it does not answer.</summary>
    public static long? FreeBytes(int device)
    {
        // libtorch's own downloads have a component of the file's digest in its name, so it is found among what is loaded.
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            using (module)
            {
                if (module.ModuleName is { } name
                    && (name.StartsWith("libcudart", StringComparison.Ordinal) || name.StartsWith("cudart64_", StringComparison.OrdinalIgnoreCase)))
                    return Query(module.FileName, device);
            }
        }

        return null;
    }

    /// <summary>Asks a runtime library, and leaves the thread's current device as it was.</summary>
    internal static long? Query(string library, int device)
    {
        if (!NativeLibrary.TryLoad(library, out var runtime))
            return null;
        try
        {
            if (!NativeLibrary.TryGetExport(runtime, "cudaGetDevice", out var get)
                || !NativeLibrary.TryGetExport(runtime, "cudaSetDevice", out var set)
                || !NativeLibrary.TryGetExport(runtime, "cudaMemGetInfo", out var info))
                return null;

            int before;
            nuint free, total;
            if (((delegate* unmanaged<int*, int>)get)(&before) != 0 || ((delegate* unmanaged<int, int>)set)(device) != 0)
                return null;
            var result = ((delegate* unmanaged<nuint*, nuint*, int>)info)(&free, &total);
            _ = ((delegate* unmanaged<int, int>)set)(before);
            return result == 0 ? (long)free : null;
        }
        finally
        {
            NativeLibrary.Free(runtime);
        }
    }
}
