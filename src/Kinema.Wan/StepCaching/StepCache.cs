using Kinema.Wan.Pipelines;
using Kinema.Wan.Schedulers;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.StepCaching;

/// <summary>The cached residuals of one generation, one for each guidance pass, and the report.</summary>
internal sealed class StepCache : IDisposable
{
    private readonly IReadOnlyList<PlannedStep> _plan;
    private readonly ResidualCache[] _passes;
    private readonly List<WanCachedStep> _done = [];
    private readonly ComponentName _cachedComponent;
    private bool _isCaching;

    public StepCache(WanSettings settings, SigmaSchedule schedule)
    {
        var curve = PublishedMagRatios.For(settings.Family, settings.Width, settings.Height);
        _plan = StepPlan.Of(schedule, settings.BoundaryRatio, curve, settings.StepCache!.Options);
        _cachedComponent = settings.BoundaryRatio is null ? ComponentName.Transformer : ComponentName.Transformer2;
        _passes = settings.IsGuided ? [new(), new()] : [new()];
    }

    public WanStepCacheReport Report => new([.. _done]);

    /// <summary>Begins a step. The first of two transformers skips nothing, and its residuals say nothing about the second, so they are not cached.</summary>
    public void Begin(int step, ComponentName component)
    {
        _isCaching = component == _cachedComponent;
        Array.ForEach(_passes, pass => pass.IsReused = _plan[step].IsSkipped);
    }

    /// <param name="pass">0 with the prompt, 1 with the negative prompt.</param>
    /// <returns>The cache of the pass's residual; null if it is not cached.</returns>
    public ResidualCache? ResidualOf(int pass) => _isCaching ? _passes[pass] : null;

    public void End(int step) => _done.Add(new(
        step + 1, _plan[step].IsSkipped, _plan[step].EstimatedError, _plan[step].IsSkipped ? null : _passes.Max(pass => pass.RelativeChange)));

    public void Dispose() => Array.ForEach(_passes, pass => pass.Dispose());
}
