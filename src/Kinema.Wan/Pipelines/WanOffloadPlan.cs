namespace Kinema.Wan;

/// <summary>
/// The offload plan: whether a checkpoint's components stay on the device or are loaded in turn, chosen during loading. It affects speed and memory, not
/// results; LoRAs beside packed matrices round differently.
/// </summary>
public sealed record WanOffloadPlan
{
    /// <summary>How the matrices stay in memory: what <see cref="WanOptions.Resident"/> asks for, else in the compute type if all components fit, else as stored.</summary>
    public required WanResident Resident { get; init; }

    /// <summary>
    /// Whether all components stay on the device. Otherwise each is loaded when it is needed, and the least recently used ones are released to make room.
    /// </summary>
    public required bool AllResident { get; init; }

    /// <summary>Bytes of all components' weights on the device.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Bytes that they would take with all matrices in the compute type.</summary>
    public required long WidenedBytes { get; init; }

    /// <summary>Bytes that they would take with matrices as stored, and the buffer that these are widened into.</summary>
    public required long AsStoredBytes { get; init; }

    /// <summary>
    /// Bytes of weights that stay in memory-mapped files on the CPU. The system reads them on use and may evict them. <see cref="WeightBytes"/> does not
    /// include them.
    /// </summary>
    public required long MappedBytes { get; init; }

    /// <summary>Free bytes on the device before loading. Null if the device does not report them, or if <see cref="WanOptions.MemoryBudget"/> is set.</summary>
    public required long? FreeBytes { get; init; }

    /// <summary>Bytes of the free memory that are reserved for activations; 0 if <see cref="WanOptions.MemoryBudget"/> is set.</summary>
    public required long ReserveBytes { get; init; }

    /// <summary>Maximum bytes of weights on the device at once; null for no limit.</summary>
    public required long? BudgetBytes { get; init; }
}
