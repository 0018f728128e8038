using Kinema.Wan.Pipelines;
using Kinema.Wan.Sampling;
using Kinema.Wan.Transformer;

namespace Kinema.Wan.StepCaching;

/// <summary>What one generation keeps of its computed steps, for each pass of guidance by itself, and its report.</summary>
internal sealed class StepCache : IDisposable
{
    private readonly IReadOnlyList<PlannedStep> _plan;
    private readonly BlockResidual[] _passes;
    private readonly List<WanCachedStep> _done = [];
    private PartName? _part;

    public StepCache(WanSettings settings, NoiseSchedule schedule)
    {
        var curve = PublishedMagnitudes.For(settings.Family, settings.Width, settings.Height);
        _plan = StepPlan.Of(schedule, settings.Boundary, curve, settings.StepCache!.Options);
        _passes = settings.IsGuided ? [new(), new()] : [new()];
    }

    public WanStepCacheReport Report => new([.. _done]);

    /// <summary>A step begins. What another transformer's blocks added says nothing about this one's and is forgotten.</summary>
    public void Begin(int step, PartName part)
    {
        if (_part != part)
            Array.ForEach(_passes, pass => pass.Forget());

        _part = part;
        Array.ForEach(_passes, pass => pass.IsReused = _plan[step].IsSkipped);
    }

    /// <param name="pass">0 with the prompt, 1 with the negative prompt.</param>
    public BlockResidual Of(int pass) => _passes[pass];

    public void End(int step) => _done.Add(new(
        step + 1, _plan[step].IsSkipped, _plan[step].EstimatedError, _plan[step].IsSkipped ? null : _passes.Max(pass => pass.Change)));

    public void Dispose() => Array.ForEach(_passes, pass => pass.Dispose());
}
