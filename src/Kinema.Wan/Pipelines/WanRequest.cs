namespace Kinema.Wan;

/// <summary>A request for a video. Every property but the image has the model family's default.</summary>
public sealed record WanRequest
{
    /// <summary>The image that becomes the first frame.</summary>
    public required RgbImage Image { get; init; }

    /// <summary>The image that becomes the last frame: required for Wan 2.1 FLF2V, optional for Wan 2.2 I2V-A14B.</summary>
    public RgbImage? LastImage { get; init; }

    /// <summary>The prompt: what happens in the video.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The negative prompt for classifier-free guidance. Null takes the family's default.</summary>
    public string? NegativePrompt { get; init; }

    /// <summary>
    /// Width in pixels, rounded down to a multiple that the model supports. Null follows the image's aspect ratio. Requires <see cref="Height"/>.
    /// </summary>
    public int? Width { get; init; }

    /// <summary>
    /// Height in pixels, rounded down to a multiple that the model supports. Null follows the image's aspect ratio. Requires <see cref="Width"/>.
    /// </summary>
    public int? Height { get; init; }

    /// <summary>Approximate number of pixels per frame, if width and height follow the image.</summary>
    public int? MaxArea { get; init; }

    /// <summary>Number of frames, adjusted to 4n + 1.</summary>
    public int? NumFrames { get; init; }

    /// <summary>Number of denoising steps. The distilled scheduler always takes four.</summary>
    public int? NumInferenceSteps { get; init; }

    /// <summary>
    /// The scheduler. Null takes <see cref="WanScheduler.Distilled"/> if the name of every transformer's file, or of a LoRA for it, says that it is distilled
    /// to 4 steps, and else <see cref="WanScheduler.UniPc"/>.
    /// </summary>
    public WanScheduler? Scheduler { get; init; }

    /// <summary>
    /// Flow shift of the sigma schedule. Null takes the value in the checkpoint's scheduler config, else the family's, which is 3 for I2V at 480p.
    /// </summary>
    public double? FlowShift { get; init; }

    /// <summary>Classifier-free guidance scale. At 1 or below, each step omits the unconditional pass.</summary>
    public double? GuidanceScale { get; init; }

    /// <summary>Guidance scale of the low-noise transformer, for models with two. Null takes <see cref="GuidanceScale"/>.</summary>
    public double? GuidanceScale2 { get; init; }

    /// <summary>Random seed for the initial noise. The same seed gives the same noise on every device.</summary>
    public long Seed { get; init; }

    /// <summary>Step caching options. It skips steps that change little: faster, with slightly different results. Null computes every step.</summary>
    public WanStepCache? StepCache { get; init; }

    /// <summary>Whether progress reports include a small preview image.</summary>
    public bool Previews { get; init; }

    /// <summary>Receives a report for every step and block, on the computing thread.</summary>
    public IProgress<WanProgress>? Progress { get; init; }
}
