using Kinema.Wan.Pipelines;
using Kinema.Wan.Schedulers;

namespace Kinema.Wan.StepCaching;

/// <summary>Computes the effect of step caching on a generation, or rejects its options.</summary>
internal static class StepCachePlanner
{
    private const string Method = "MagCache";
    private const int LargestMaxSkipSteps = 10;

    /// <exception cref="ArgumentException">An option is out of its range, or the scheduler has no steps to skip; the message names the field.</exception>
    public static WanStepCacheSettings? Plan(WanStepCache? options, WanSettings settings, Checkpoint checkpoint)
    {
        if (options is null)
            return null;

        Check(options, settings.Scheduler);
        using var scheduler = SchedulerFactory.Create(settings.Scheduler, settings.NumInferenceSteps, settings.FlowShift);
        var curve = PublishedMagRatios.For(settings.Family, settings.Width, settings.Height);
        var steps = StepPlan.Of(scheduler.Schedule, settings.BoundaryRatio, curve, options);
        return new()
        {
            Method = Method,
            MagRatios = curve.Name,
            Options = options,
            SkippedSteps = [.. steps.Index().Where(step => step.Item.IsSkipped).Select(step => step.Index + 1)],
            EstimatedError = steps.Max(step => step.EstimatedError),
            ResidualBytes = ResidualBytes(settings, checkpoint),
        };
    }

    private static void Check(WanStepCache options, WanScheduler scheduler)
    {
        if (scheduler == WanScheduler.Distilled)
            throw new ArgumentException("StepCache must be null with the distilled scheduler, which this video would take: each of its four steps differs too much from the one before.");
        if (options.Threshold is not (>= 0 and <= 1))
            throw new ArgumentException($"StepCache.Threshold must be from 0 to 1; got {options.Threshold}.");
        if (options.MaxSkipSteps is < 1 or > LargestMaxSkipSteps)
            throw new ArgumentException($"StepCache.MaxSkipSteps must be from 1 to {LargestMaxSkipSteps}; got {options.MaxSkipSteps}.");
        if (options.RetentionRatio is not (>= 0 and <= 1))
            throw new ArgumentException($"StepCache.RetentionRatio must be from 0 to 1; got {options.RetentionRatio}.");
    }

    /// <summary>Returns the bytes of one residual [1, tokens, dim] for each pass, and of one new residual while it is compared with the old one.</summary>
    public static long ResidualBytes(long tokens, int dim, long numberBytes, bool isGuided) => tokens * dim * numberBytes * (isGuided ? 3 : 2);

    private static long ResidualBytes(WanSettings settings, Checkpoint checkpoint)
    {
        var (patch, vae) = (checkpoint.Transformer.PatchSize, checkpoint.Vae);
        var tokens = (((settings.NumFrames - 1L) / vae.TemporalFactor) + 1) / patch[0]
            * (settings.Height / vae.SpatialFactor / patch[1]) * (settings.Width / vae.SpatialFactor / patch[2]);
        return ResidualBytes(tokens, checkpoint.Transformer.Dim, settings.Precision == WanPrecision.Float32 ? 4 : 2, settings.IsGuided);
    }
}
