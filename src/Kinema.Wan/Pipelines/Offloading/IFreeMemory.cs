using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>Free memory of a device.</summary>
internal interface IFreeMemory
{
    /// <summary>Returns the free bytes; null if unknown.</summary>
    long? BytesOf(Device device);
}
