using Kinema.Wan.Checkpoints.Loras;
using Microsoft.Extensions.Logging;

namespace Kinema.Wan;

/// <summary>How a checkpoint is loaded and run.</summary>
public sealed record WanOptions
{
    /// <summary><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>What transformers and text encoder compute in. Default: bfloat16 on a GPU, on the CPU what the checkpoint is stored in. The VAE and CLIP always compute in float32.</summary>
    public WanPrecision Precision { get; init; } = WanPrecision.Auto;

    /// <summary>
    /// How many bytes of weights may be on the device at once. Default: what is free there when the checkpoint is loaded, less a reserve for what is
    /// computed; no limit where the device does not say. Where all components fit they are loaded at the start and stay; else a component is loaded when it is needed and
    /// the ones unused for longest make room. <see cref="WanPipeline.OffloadPlan"/> says what was chosen.
    /// </summary>
    public long? MemoryBudget { get; init; }

    /// <summary>Whether the VAE works on large frames in overlapping tiles: less memory, and results that differ a little. Default: no.</summary>
    public bool VaeTiling { get; init; }

    /// <summary>LoRAs merged into the transformers while they are loaded, in this order. Default: none.</summary>
    public IReadOnlyList<LoraFile> Loras { get; init; } = [];

    /// <summary>Is told what is loaded and moved. Default: nobody.</summary>
    public ILogger? Logger { get; init; }

    /// <summary>Whether libtorch computes right, asked before weights are read. Default: once in a process; tests give a wrong one.</summary>
    internal Func<WanSelfCheckReport> SelfCheck { get; init; } = WanSelfCheck.OfThisProcess;
}
