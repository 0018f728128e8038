using Kinema.Wan.Schedulers;

namespace Kinema.Wan.StepCaching;

/// <summary>Selects the steps to skip, from the noise levels alone.</summary>
/// <remarks>
/// Ma et al. 2025 (MagCache), equations 4 to 6: the error Σ|1 − ratio| and the number of skips accumulate from the last computed step on. A step that would
/// exceed either limit is computed and resets both. Both guidance passes are skipped or neither, since guidance multiplies their difference. Of two
/// transformers only the second skips, as in the authors' code for I2V-A14B, and only within its own steps.
/// </remarks>
internal static class StepPlan
{
    public static IReadOnlyList<PlannedStep> Of(SigmaSchedule schedule, double? boundary, MagRatioCurve curve, WanStepCache options)
    {
        var steps = new PlannedStep[schedule.Steps];
        var own = boundary is null ? 0 : Enumerable.Range(0, schedule.Steps).TakeWhile(step => schedule.IsHighNoise(step, boundary)).Count();
        var computed = own + Math.Max(1, (int)((schedule.Steps - own) * options.RetentionRatio));
        var (error, skips) = (0.0, 0);
        for (var step = computed; step < schedule.Steps - 1; step++)
        {
            error += Math.Abs(1 - curve.Ratio(schedule.Sigmas[step - skips - 1], schedule.Sigmas[step]));
            if (error < options.Threshold && ++skips <= options.MaxSkipSteps)
                steps[step] = new(true, error);
            else
                (error, skips) = (0, 0);
        }

        return steps;
    }
}
