using Kinema.Wan.Images;
using Kinema.Wan.StepCaching;

namespace Kinema.Wan.Pipelines;

/// <summary>Resolves a request to its complete settings, or throws an error that names the invalid field.</summary>
internal sealed class SettingsPlanner(Checkpoint checkpoint, LoadedModel model, WanOptions options)
{
    /// <summary>The name of <see cref="NoiseSource"/> in records.</summary>
    public const string NoiseGenerator = "torch-cpu-mt19937";

    private const int DistilledSteps = 4, MaximumSteps = 1000, MaximumFrames = 1025, MaximumSidePixels = 8192;

    private readonly FamilyDefaults _defaults = FamilyDefaults.Of(checkpoint.Family);
    private readonly WanScheduler _scheduler = Distillation.IsIn(checkpoint, options.Loras) ? WanScheduler.Distilled : WanScheduler.UniPc;

    /// <exception cref="ArgumentException">The checkpoint cannot serve the request; the message names the field.</exception>
    public WanSettings Plan(WanRequest request)
    {
        CheckImages(request);
        var size = Size(request);
        var scheduler = request.Scheduler ?? _scheduler;
        var guidance = Positive(request.GuidanceScale, nameof(request.GuidanceScale))
            ?? (scheduler == WanScheduler.Distilled ? 1 : _defaults.GuidanceScale);
        if (request.GuidanceScale2 is not null && !checkpoint.HasTransformer2)
            throw new ArgumentException("GuidanceScale2 is for models with two transformers; this one has one.", nameof(request));

        var settings = new WanSettings
        {
            Family = checkpoint.Family,
            CheckpointDigest = model.Digest,
            CheckpointFiles = model.Files,
            Loras = model.Loras,
            Scheduler = scheduler,
            NumInferenceSteps = scheduler == WanScheduler.Distilled ? DistilledSteps : InRange(request.NumInferenceSteps ?? _defaults.NumInferenceSteps, 1, MaximumSteps, nameof(request.NumInferenceSteps)),
            FlowShift = Positive(request.FlowShift, nameof(request.FlowShift)) ?? DefaultFlowShift(scheduler, size),
            GuidanceScale = guidance,
            GuidanceScale2 = checkpoint.HasTransformer2 ? Positive(request.GuidanceScale2, nameof(request.GuidanceScale2)) ?? guidance : null,
            BoundaryRatio = checkpoint.BoundaryRatio,
            Seed = request.Seed,
            NoiseGenerator = NoiseGenerator,
            Width = size.Width,
            Height = size.Height,
            MaxArea = request.Width is null ? request.MaxArea ?? _defaults.MaxArea : null,
            NumFrames = Frames(request),
            FramesPerSecond = _defaults.FramesPerSecond,
            Prompt = request.Prompt,
            NegativePrompt = guidance > 1 ? request.NegativePrompt ?? _defaults.NegativePrompt : null,
            HasLastImage = request.LastImage is not null,
            Precision = model.Precision,
            Resident = model.Resident,
            Device = model.Device,
            Runtime = model.Runtime,
            VaeTiling = options.VaeTiling,
        };
        return settings with { StepCache = StepCachePlanner.Plan(request.StepCache, settings, checkpoint) };
    }

    private void CheckImages(WanRequest request)
    {
        var needsLast = checkpoint.Family == WanFamily.Wan21FirstLastFrame;
        var allowsLast = needsLast || checkpoint.Family == WanFamily.Wan22ImageToVideo;
        if (needsLast && request.LastImage is null)
            throw new ArgumentException("LastImage is missing: this model runs between a first and a last frame.", nameof(request));
        if (!allowsLast && request.LastImage is not null)
            throw new ArgumentException("LastImage cannot be used: this model takes a first frame only. Wan 2.1 FLF2V and Wan 2.2 I2V-A14B take both.", nameof(request));
    }

    private ImageSize Size(WanRequest request)
    {
        var multiple = checkpoint.SizeMultiple;
        if (request.Width is null != request.Height is null)
            throw new ArgumentException("Width and Height must be given together, or neither.", nameof(request));

        if (request is { Width: { } width, Height: { } height })
        {
            return new(
                InRange(width, multiple, MaximumSidePixels, nameof(request.Width)) / multiple * multiple,
                InRange(height, multiple, MaximumSidePixels, nameof(request.Height)) / multiple * multiple);
        }

        var area = InRange(request.MaxArea ?? _defaults.MaxArea, multiple * multiple, MaximumSidePixels * MaximumSidePixels, nameof(request.MaxArea));
        var image = new ImageSize(request.Image.Width, request.Image.Height);
        var size = checkpoint.Family == WanFamily.Wan22TextImageToVideo
            ? OutputSize.WanTextImageToVideo(image, area, multiple).Size
            : OutputSize.Diffusers(image, area, multiple);
        return size.Width >= multiple && size.Height >= multiple
            ? size
            : throw new ArgumentException(
                $"Image of {image.Width} x {image.Height} is too narrow for a video of {area} pixels: each side needs {multiple} or more. Give Width and Height.", nameof(request));
    }

    /// <summary>Returns the default flow shift. The scheduler's config applies only to its own scheduler; the distilled models were trained with 5.</summary>
    private double DefaultFlowShift(WanScheduler scheduler, ImageSize size)
        => scheduler == WanScheduler.Distilled ? 5 : checkpoint.FlowShift ?? _defaults.FlowShiftFor(size);

    /// <summary>Returns 4n + 1 frames, rounded as diffusers rounds: the first frame and n groups of a latent frame's length.</summary>
    private int Frames(WanRequest request)
    {
        var group = checkpoint.Vae.TemporalFactor;
        var asked = InRange(request.NumFrames ?? _defaults.NumFrames, 1, MaximumFrames, nameof(request.NumFrames));
        var frames = asked % group == 1 ? asked : (asked / group * group) + 1;
        return request.LastImage is null || frames > 1
            ? frames
            : throw new ArgumentException($"NumFrames must be {group + 1} or more with a last image; got {asked}.");
    }

    private static int InRange(int value, int least, int most, string field) => value >= least && value <= most
        ? value
        : throw new ArgumentException($"{field} must be from {least} to {most}; got {value}.");

    private static double? Positive(double? value, string field) => value is null || (double.IsFinite(value.Value) && value > 0)
        ? value
        : throw new ArgumentException($"{field} must be a number above 0; got {value}.");
}
