using TorchSharp;
using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Free memory from the operating system, or from the CUDA runtime that libtorch has loaded.</summary>
internal sealed class FreeMemory : IFreeMemory
{
    public long? BytesOf(Device device) => device.type switch
    {
        DeviceType.CPU => SystemMemory.FreeBytes(),
        DeviceType.CUDA => CudaMemory.FreeBytes(Math.Max(0, device.index)),
        _ => null,
    };
}
