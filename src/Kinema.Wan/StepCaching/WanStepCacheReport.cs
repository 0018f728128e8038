namespace Kinema.Wan;

/// <summary>The effect of step caching on the steps completed so far.</summary>
/// <param name="Steps">The completed steps, in order.</param>
public sealed record WanStepCacheReport(IReadOnlyList<WanCachedStep> Steps)
{
    /// <summary>The steps that were skipped, counted from 1.</summary>
    public IEnumerable<int> SkippedSteps => Steps.Where(step => step.IsSkipped).Select(step => step.Step);

    /// <summary>The largest estimated error so far; 0 before the first skipped step.</summary>
    public double EstimatedError => Steps.Select(step => step.EstimatedError).DefaultIfEmpty().Max();

    /// <summary>The largest error measured right after skipped steps so far; null before the first.</summary>
    public double? MeasuredError => Steps.Skip(1).Where((step, i) => Steps[i].IsSkipped).Max(step => step.MeasuredError);
}
