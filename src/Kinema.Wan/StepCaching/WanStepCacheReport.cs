namespace Kinema.Wan;

/// <summary>What step caching has done so far in a generation.</summary>
/// <param name="Steps">The steps that are done, in order.</param>
public sealed record WanStepCacheReport(IReadOnlyList<WanCachedStep> Steps)
{
    /// <summary>The steps that were skipped, counted from 1.</summary>
    public IEnumerable<int> SkippedSteps => Steps.Where(step => step.IsSkipped).Select(step => step.Step);

    /// <summary>The largest estimated error so far; 0 before the first skipped step.</summary>
    public double EstimatedError => Steps.Select(step => step.EstimatedError).DefaultIfEmpty().Max();

    /// <summary>The largest error measured right after skipped steps so far; null before.</summary>
    public double? MeasuredError => Steps.Skip(1).Where((step, i) => Steps[i].IsSkipped).Max(step => step.MeasuredError);
}
