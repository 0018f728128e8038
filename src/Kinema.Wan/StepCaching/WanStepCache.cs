namespace Kinema.Wan;

/// <summary>
/// Step caching (MagCache): in steps that would say nearly what the last computed one said, the transformer's blocks are left out and what they added
/// then is added again. Faster, and a little different; the error is estimated before the run, in <see cref="WanSettings.StepCache"/>, and measured during
/// it, in <see cref="WanProgress.StepCache"/>.
/// </summary>
public sealed record WanStepCache
{
    /// <summary>
    /// What the estimated error of steps skipped one after another must stay below, from 0, which skips nothing, to 1. Default: 0.06, as MagCache's authors
    /// run Wan 2.2; for Wan 2.1 they went to 0.12 and 0.24.
    /// </summary>
    public double Threshold { get; init; } = 0.06;

    /// <summary>How many steps may be skipped one after another, from 1 to 10. Default: 2, as the authors run Wan 2.2; for Wan 2.1 they went to 4 and 6.</summary>
    public int MaxSkipSteps { get; init; } = 2;

    /// <summary>Share of the steps that are computed before the first may be skipped, from 0 to 1. Default: 0.2. The first and the last step are always computed.</summary>
    public double RetentionRatio { get; init; } = 0.2;
}
