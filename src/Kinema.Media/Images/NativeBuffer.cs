using System.Runtime.InteropServices;

namespace Kinema.Media.Images;

/// <summary>Native memory, freed as soon as it is no longer needed and not by the garbage collector.</summary>
internal sealed unsafe class NativeBuffer(long bytes) : IDisposable
{
    public nint Address { get; } = (nint)NativeMemory.AllocZeroed((nuint)bytes);

    public void Dispose() => NativeMemory.Free((void*)Address);
}
