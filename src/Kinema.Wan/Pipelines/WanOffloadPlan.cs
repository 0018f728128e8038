namespace Kinema.Wan;

/// <summary>Which components of a checkpoint stay on the device, as chosen when it was loaded, and why. It changes speed and memory, not results.</summary>
public sealed record WanOffloadPlan
{
    /// <summary>Whether all components stay. Else they take turns: a component is loaded when it is needed, and the ones unused for longest make room.</summary>
    public required bool AllResident { get; init; }

    /// <summary>Bytes the weights of all components take on the device, in the type computed with.</summary>
    public required long WeightBytes { get; init; }

    /// <summary>Bytes of weights that on the CPU stay in the mapped files. The system reads them when they are used and may drop them meanwhile; they are not counted in <see cref="WeightBytes"/>.</summary>
    public required long MappedBytes { get; init; }

    /// <summary>Bytes that were free on the device before loading; null where the device would not say, or <see cref="WanOptions.MemoryBudget"/> decided.</summary>
    public required long? FreeBytes { get; init; }

    /// <summary>Bytes of them kept for what is computed; 0 where <see cref="WanOptions.MemoryBudget"/> decided.</summary>
    public required long ReserveBytes { get; init; }

    /// <summary>Bytes of weights that may be on the device at once; null where there is no limit.</summary>
    public required long? BudgetBytes { get; init; }
}
