using Kinema.Wan.Images;

namespace Kinema.Wan;

/// <summary>What to generate. Everything but the picture has the checkpoint family's default.</summary>
public sealed record WanRequest
{
    /// <summary>The first frame.</summary>
    public required RgbImage Image { get; init; }

    /// <summary>The last frame, for Wan 2.1 FLF2V (which needs one) and Wan 2.2 I2V-A14B.</summary>
    public RgbImage? LastImage { get; init; }

    /// <summary>What happens in the video.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What guidance leads away from; null takes the family's own list.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>Pixels, rounded down to what the model works in; null follows the picture's shape. Given together with <see cref="Height"/>.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels, rounded down to what the model works in; null follows the picture's shape.</summary>
    public int? Height { get; init; }

    /// <summary>About how many pixels a frame has where width and height follow the picture.</summary>
    public int? MaxArea { get; init; }

    /// <summary>Frames, brought to 4n + 1.</summary>
    public int? NumFrames { get; init; }

    /// <summary>Sampling steps; the distilled scheduler always takes four.</summary>
    public int? NumInferenceSteps { get; init; }

    /// <summary>
    /// How to walk from noise to picture; null takes <see cref="WanScheduler.Distilled"/> where the name of every transformer's file, or of a LoRA for it,
    /// says that it is distilled to 4 steps, and else <see cref="WanScheduler.UniPc"/>.
    /// </summary>
    public WanScheduler? Scheduler { get; init; }

    /// <summary>Shift of the noise schedule; null takes the checkpoint's scheduler config, else the family's, which is 3 for I2V at 480p.</summary>
    public double? FlowShift { get; init; }

    /// <summary>How far to lead away from the negative prompt; at 1 or below the second pass of every step is left out.</summary>
    public double? GuidanceScale { get; init; }

    /// <summary>The same for the low-noise transformer of a model with two; null takes <see cref="GuidanceScale"/>.</summary>
    public double? GuidanceScale2 { get; init; }

    /// <summary>Of the noise. The same seed gives the same noise on every device.</summary>
    public long Seed { get; init; }

    /// <summary>Leaves out what changes little from step to step: faster, and a little different. Null computes every step.</summary>
    public WanStepCache? StepCache { get; init; }

    /// <summary>Whether progress carries a small picture of the video as it emerges.</summary>
    public bool Previews { get; init; }

    /// <summary>Told of every step and block, on the thread that computes.</summary>
    public IProgress<WanProgress>? Progress { get; init; }
}
