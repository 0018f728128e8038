namespace Kinema.Wan.Pipelines.Offloading;

/// <summary>The sizes of a component in bytes.</summary>
/// <param name="Stored">Bytes to read from its files.</param>
/// <param name="OnDevice">Bytes of memory after loading.</param>
/// <param name="Mapped">Bytes that stay in memory-mapped files instead.</param>
internal sealed record ComponentSize(long Stored, long OnDevice, long Mapped);
