namespace Kinema.Wan;

/// <summary>What computes a generation, in its record. Frames are equal to the bit where all of it is equal.</summary>
public sealed record WanRuntime
{
    /// <summary>The version of this library.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>The version of libtorch that TorchSharp was built for.</summary>
    public required string LibTorchVersion { get; init; }

    /// <summary>The CPU; null if another device computes.</summary>
    public required string? Processor { get; init; }

    /// <summary>The number of libtorch's threads on the CPU.</summary>
    public required int Threads { get; init; }

    /// <summary>How the transformers compute attention: <c>fused</c>, libtorch's kernel, or <c>blocked</c>, this library's for bfloat16 on a CPU.</summary>
    public required string Attention { get; init; }
}
