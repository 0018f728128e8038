using Microsoft.Extensions.Logging;

namespace Kinema.Wan;

/// <summary>Options for loading and running a checkpoint.</summary>
public sealed record WanOptions
{
    /// <summary>The device: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// The type in which the transformers and the text encoder compute. Default: bfloat16 on a GPU; on the CPU the type in which the checkpoint is stored.
    /// The VAE and CLIP always compute in float32.
    /// </summary>
    public WanPrecision Precision { get; init; } = WanPrecision.Auto;

    /// <summary>
    /// The maximum number of bytes of weights on the device at once. Default: the free memory when the checkpoint is loaded, less a reserve for activations;
    /// no limit if the device does not report its free memory. If all components fit, they are loaded at the start and stay. Otherwise each component is
    /// loaded when it is needed, and the least recently used ones are released to make room. <see cref="WanPipeline.OffloadPlan"/> shows the choice.
    /// </summary>
    public long? MemoryBudget { get; init; }

    /// <summary>
    /// How the matrices of the transformers and the text encoder stay in memory: as their files store them, or in the compute type. As stored, fp8 and int8
    /// files take half the memory, and a step takes a few per cent longer. Default: in the compute type if all components fit into <see cref="MemoryBudget"/>, else as
    /// stored where that is smaller. <see cref="WanPipeline.OffloadPlan"/> shows the choice and the bytes of both.
    /// </summary>
    public WanResident? Resident { get; init; }

    /// <summary>Whether the VAE processes large frames in overlapping tiles. Tiling needs less memory and changes the results slightly. Default: no.</summary>
    public bool VaeTiling { get; init; }

    /// <summary>
    /// The number of threads that compute a generation on the CPU, from 1 to 1,024. Default: libtorch's when the checkpoint is loaded. All parts of a generation
    /// use it, whatever thread runs them: the number decides in which order libtorch sums, so the same seed gives the same frames only with the same number.
    /// </summary>
    public int? Threads { get; init; }

    /// <summary>LoRAs of the transformers, merged during loading or, where matrices stay as stored, beside them, in this order. Default: none.</summary>
    public IReadOnlyList<LoraFile> Loras { get; init; } = [];

    /// <summary>Creates the logger of model loading and offloading. Default: none.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>Checks libtorch's arithmetic before weights are read. Default: one check per process. Tests replace it.</summary>
    internal Func<WanSelfCheckReport> SelfCheck { get; init; } = WanSelfCheck.OfThisProcess;
}
