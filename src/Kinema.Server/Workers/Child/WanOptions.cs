using System.ComponentModel.DataAnnotations;

namespace Kinema.Server.Workers.Child;

/// <summary>Section <c>Wan</c>: the worker with open Wan weights that this server starts beside itself.</summary>
internal sealed class WanOptions : IValidatableObject
{
    private const int MaxCheckpoints = 16;

    /// <summary>Folder of the checkpoint; without one no worker is started.</summary>
    [StringLength(4096)]
    public string? Checkpoint { get; set; }

    /// <summary>Folders of several checkpoints, which take turns within the memory budget; in place of <see cref="Checkpoint"/>.</summary>
    public IList<string> Checkpoints { get; init; } = [];

    /// <summary>The folders of all checkpoints; none means that no worker is started.</summary>
    public IReadOnlyList<string> AllCheckpoints => Checkpoint is null ? [.. Checkpoints] : [Checkpoint];

    /// <summary>What computes: <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
    [RegularExpression(@"cpu|cuda(:\d{1,2})?", ErrorMessage = "Wan:Device must be cpu, cuda or cuda:N.")]
    public string Device { get; set; } = "cpu";

    /// <summary>The type that it computes in.</summary>
    [AllowedValues("auto", "bfloat16", "float32")]
    public string Dtype { get; set; } = "auto";

    /// <summary>Most bytes of weights on the device at once, such as <c>24GB</c>. Default: what is free.</summary>
    [StringLength(32)]
    public string? MemoryBudget { get; set; }

    /// <summary>Most pixels per frame, whatever a run asks for; 0 for no limit.</summary>
    [Range(0, 4096 * 4096)]
    public int MaxArea { get; set; }

    /// <summary>Frames a second of every video; 0 keeps the model's.</summary>
    [Range(0, 120)]
    public int FrameRate { get; set; }

    /// <summary>Whether runs of 1080p are taken: the model makes its largest size, and the frames are enlarged.</summary>
    public bool Upscale { get; set; }

    /// <summary>LoRAs to merge, each <c>FILE[:STRENGTH]</c>.</summary>
    public IList<string> Loras { get; init; } = [];

    /// <summary>The program. Default: <c>$KINEMA_WAN_WORKER</c>, else <c>kinema-wan</c> beside this program.</summary>
    [StringLength(4096)]
    public string? Program { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Checkpoint is not null && Checkpoints.Count > 0)
            yield return new("Wan:Checkpoint is for one checkpoint and Wan:Checkpoints for several; set one of them.", [nameof(Checkpoint)]);
        if (Checkpoints.Count > MaxCheckpoints)
            yield return new($"Wan:Checkpoints must name {MaxCheckpoints} folders at most; got {Checkpoints.Count}.", [nameof(Checkpoints)]);
        if (AllCheckpoints.Count > 1 && Loras.Count > 0)
            yield return new($"Wan:Loras belong to one checkpoint; Wan:Checkpoints names {Checkpoints.Count}.", [nameof(Loras)]);
        foreach (var folder in AllCheckpoints.Where(path => !Directory.Exists(path) && !File.Exists(path)))
            yield return new($"{(Checkpoint is null ? "Wan:Checkpoints" : "Wan:Checkpoint")} must be the folder of a checkpoint; there is none at '{folder}'.", [nameof(Checkpoint)]);
    }
}
