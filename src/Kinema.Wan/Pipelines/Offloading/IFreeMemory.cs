using static TorchSharp.torch;

namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>How much memory a device has left.</summary>
internal interface IFreeMemory
{
    /// <summary>Free bytes, or null where nobody says.</summary>
    long? BytesOf(Device device);
}
