using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Free memory of a GPU, from the CUDA runtime that libtorch has loaded. Its device numbers are libtorch's; NVML's may differ.</summary>
internal static unsafe class CudaMemory
{
    /// <summary>Returns the free bytes; null if there is no runtime, or if it does not answer.</summary>
    public static long? FreeBytes(int device)
    {
        // In libtorch's own downloads the file name contains a part of its digest. So this searches the loaded modules.
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

    /// <summary>Queries a runtime library and restores the thread's current device.</summary>
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
