using System.Text.Json.Serialization;

namespace Kinema.Wan;

/// <summary>The complete effective settings of a generation, defaults included. Keep them with a video to explain or reproduce it.</summary>
public sealed record WanSettings
{
    /// <summary>The model family.</summary>
    public required WanFamily Family { get; init; }

    /// <summary>
    /// SHA-256, in hexadecimal, of the models' shapes, their headers and a sample of every tensor. It works for folders and for single files.
    /// </summary>
    public required string CheckpointDigest { get; init; }

    /// <summary>The checkpoint's files, each with its folder's name.</summary>
    public required IReadOnlyList<string> CheckpointFiles { get; init; }

    /// <summary>The LoRAs, in merge order.</summary>
    public required IReadOnlyList<WanLora> Loras { get; init; }

    /// <summary>The scheduler.</summary>
    public required WanScheduler Scheduler { get; init; }

    /// <summary>Number of denoising steps.</summary>
    public required int NumInferenceSteps { get; init; }

    /// <summary>Flow shift of the sigma schedule.</summary>
    public required double FlowShift { get; init; }

    /// <summary>Guidance scale of the only, or the high-noise, transformer.</summary>
    public required double GuidanceScale { get; init; }

    /// <summary>Guidance scale of the low-noise transformer, for models with two.</summary>
    public required double? GuidanceScale2 { get; init; }

    /// <summary>Fraction of the training timesteps at or above which the high-noise transformer runs. Null for models with one transformer.</summary>
    public required double? BoundaryRatio { get; init; }

    /// <summary>Random seed for the initial noise.</summary>
    public required long Seed { get; init; }

    /// <summary>The random number generator of the noise.</summary>
    public required string NoiseGenerator { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>
    /// The approximate number of pixels per frame, if width and height follow the image; null if the request gave them. TI2V crops the image in the first case
    /// and stretches it in the second.
    /// </summary>
    public required int? MaxArea { get; init; }

    /// <summary>Number of frames.</summary>
    public required int NumFrames { get; init; }

    /// <summary>Frame rate of the model's videos.</summary>
    public required int FramesPerSecond { get; init; }

    /// <summary>The prompt.</summary>
    public required string Prompt { get; init; }

    /// <summary>The negative prompt; null without guidance.</summary>
    public required string? NegativePrompt { get; init; }

    /// <summary>Whether the request has a last image.</summary>
    public required bool HasLastImage { get; init; }

    /// <summary>The type in which the transformers and the text encoder compute.</summary>
    public required WanPrecision Precision { get; init; }

    /// <summary>How the matrices stay in memory, which changes the results with LoRAs. Null in records of older versions, which widened all.</summary>
    public WanResident? Resident { get; init; }

    /// <summary>The device that computes.</summary>
    public required string Device { get; init; }

    /// <summary>Versions, processor and kernels.</summary>
    public required WanRuntime Runtime { get; init; }

    /// <summary>Whether the VAE processes large frames in tiles.</summary>
    public required bool VaeTiling { get; init; }

    /// <summary>The effect of step caching; null if every step is computed.</summary>
    public WanStepCacheSettings? StepCache { get; init; }

    /// <summary>Whether every step has a second, unconditional pass.</summary>
    [JsonIgnore]
    public bool IsGuided => GuidanceScale > 1;

    /// <summary>
    /// Returns the request that gives these settings again. With the same images, checkpoint and LoRAs it gives the same video; bit for bit on the same kind of
    /// processor, with the same <see cref="WanOptions.Threads"/>.
    /// </summary>
    /// <param name="image">The image that becomes the first frame.</param>
    /// <param name="lastImage">The last image, if <see cref="HasLastImage"/>.</param>
    /// <exception cref="ArgumentException">A last image is given, or missing, contrary to <see cref="HasLastImage"/>.</exception>
    public WanRequest ToRequest(RgbImage image, RgbImage? lastImage = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (HasLastImage != lastImage is not null)
            throw new ArgumentException(HasLastImage ? "The recorded video had a last image; this call gives none." : "The recorded video had no last image.", nameof(lastImage));

        return new()
        {
            Image = image,
            LastImage = lastImage,
            Prompt = Prompt,
            NegativePrompt = NegativePrompt,
            Width = MaxArea is null ? Width : null,
            Height = MaxArea is null ? Height : null,
            MaxArea = MaxArea,
            NumFrames = NumFrames,
            NumInferenceSteps = NumInferenceSteps,
            Scheduler = Scheduler,
            FlowShift = FlowShift,
            GuidanceScale = GuidanceScale,
            GuidanceScale2 = GuidanceScale2,
            Seed = Seed,
            StepCache = StepCache?.Options,
        };
    }
}
