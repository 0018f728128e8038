namespace Kinema.Wan;

/// <summary>Everything that decides what a generation computes, defaults filled in: what to keep with a video to explain or repeat it.</summary>
public sealed record WanSettings
{
    /// <summary>What kind of model.</summary>
    public required WanFamily Family { get; init; }

    /// <summary>SHA-256 over the shapes of the checkpoint's models, their headers and a sample of every tensor, in hexadecimal; for a folder and for single files.</summary>
    public required string CheckpointDigest { get; init; }

    /// <summary>The LoRAs in it: file name, strength and experts of each, in the order they were merged.</summary>
    public required string Loras { get; init; }

    /// <summary>How noise becomes picture.</summary>
    public required WanScheduler Scheduler { get; init; }

    /// <summary>Sampling steps.</summary>
    public required int NumInferenceSteps { get; init; }

    /// <summary>Shift of the noise schedule.</summary>
    public required double FlowShift { get; init; }

    /// <summary>Guidance of the only, or the high-noise, transformer.</summary>
    public required double GuidanceScale { get; init; }

    /// <summary>Guidance of the low-noise transformer, for models with two.</summary>
    public required double? GuidanceScale2 { get; init; }

    /// <summary>Above this share of the training steps the high-noise transformer works; null for models with one transformer.</summary>
    public required double? BoundaryRatio { get; init; }

    /// <summary>Seed of the noise.</summary>
    public required long Seed { get; init; }

    /// <summary>What drew the noise.</summary>
    public required string NoiseGenerator { get; init; }

    /// <summary>Pixels in a row.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Frames.</summary>
    public required int NumFrames { get; init; }

    /// <summary>How many of them the model means to be shown in a second.</summary>
    public required int FramesPerSecond { get; init; }

    /// <summary>The negative prompt; null where guidance is off.</summary>
    public required string? NegativePrompt { get; init; }

    /// <summary>Whether there is a last frame.</summary>
    public required bool HasLastImage { get; init; }

    /// <summary>The type the transformers and the text encoder compute in.</summary>
    public required string Precision { get; init; }

    /// <summary>Where it is computed.</summary>
    public required string Device { get; init; }

    /// <summary>Whether large frames go through the VAE in tiles.</summary>
    public required bool VaeTiling { get; init; }

    /// <summary>What step caching leaves out; null where every step is computed.</summary>
    public WanStepCacheSettings? StepCache { get; init; }

    /// <summary>Whether there is a second, unconditional pass in every step.</summary>
    public bool IsGuided => GuidanceScale > 1;
}
