namespace Kinema.Wan;

/// <summary>The effect of step caching on one step.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="IsSkipped">Whether the step skipped the transformer's blocks.</param>
/// <param name="EstimatedError">The error accumulated since the last computed step, by the published magnitude ratios; 0 for a computed step.</param>
/// <param name="MeasuredError">
/// For a computed step after another of the same transformer, if that transformer skips steps: the difference between the new residual and the cached one, as
/// root mean square relative to the new one. It is the relative RMS error that skipping this step would have caused, and roughly an upper bound for the
/// skipped steps before it. With guidance the larger of both passes.
/// </param>
public sealed record WanCachedStep(int Step, bool IsSkipped, double EstimatedError, double? MeasuredError);
