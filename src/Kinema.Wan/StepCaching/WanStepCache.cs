namespace Kinema.Wan;

/// <summary>
/// Options of step caching (MagCache). Steps whose residual hardly changes skip the transformer's blocks and add the residual of the last computed step
/// again. This is faster and changes results slightly. <see cref="WanSettings.StepCache"/> estimates the error before the run, and <see
/// cref="WanProgress.StepCache"/> measures it during the run.
/// </summary>
public sealed record WanStepCache
{
    /// <summary>
    /// Upper limit of the estimated error over consecutive skipped steps, from 0, which skips nothing, to 1. Default: 0.06, MagCache's value for Wan 2.2.
    /// MagCache's authors use 0.12 and 0.24 for Wan 2.1.
    /// </summary>
    public double Threshold { get; init; } = 0.06;

    /// <summary>
    /// Maximum number of consecutive skipped steps, from 1 to 10. Default: 2, MagCache's value for Wan 2.2. MagCache's authors use 4 and 6 for Wan 2.1.
    /// </summary>
    public int MaxSkipSteps { get; init; } = 2;

    /// <summary>
    /// Fraction of the steps to compute before the first may be skipped, from 0 to 1. Default: 0.2. The first and the last step are always computed.
    /// </summary>
    public double RetentionRatio { get; init; } = 0.2;
}
