using System.Runtime.InteropServices;
using TorchSharp;

namespace Kinema.Wan.Checkpoints;

/// <summary>The memory of CPU tensors, which may exceed the length of a span.</summary>
internal static unsafe partial class TensorMemory
{
    // madvise(2). Requests pages of 2 MB: fresh memory then costs a quarter of what it costs in pages of 4 kB.
    private const int MadviseHugePage = 14;
    private const long HugePageBytes = 2 << 20;

    /// <summary>Returns the address of a tensor's first number; valid as long as the tensor.</summary>
    public static nint AddressOf(torch.Tensor tensor)
    {
        using var flat = tensor.view(-1);
        using var first = flat.narrow(0, 0, Math.Min(1, flat.numel()));
        fixed (byte* address = first.bytes)
            return (nint)address;
    }

    /// <summary>Returns an uninitialised CPU tensor.</summary>
    public static torch.Tensor Allocate(long[] shape, torch.ScalarType type)
    {
        var tensor = torch.empty(shape, type);
        var bytes = tensor.numel() * tensor.ElementSize;
        if (OperatingSystem.IsLinux() && bytes >= 2 * HugePageBytes)
        {
            var first = (AddressOf(tensor) + HugePageBytes - 1) / HugePageBytes * HugePageBytes;
            var end = (AddressOf(tensor) + bytes) / HugePageBytes * HugePageBytes;
            _ = Advise((nint)first, (nuint)(end - first), MadviseHugePage);
        }

        return tensor;
    }

    public static Span<byte> Span(nint address, long offset, int length) => new((void*)(address + (nint)offset), length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);
}
