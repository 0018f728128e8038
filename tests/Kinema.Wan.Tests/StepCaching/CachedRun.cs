using Kinema.Wan.Pipelines;
using Kinema.Wan.StepCaching;
using Kinema.Wan.Tests.Pipelines;

namespace Kinema.Wan.Tests.StepCaching;

/// <summary>A run of the fixtures with more steps than the original, with and without step caching, from the same noise.</summary>
internal sealed class CachedRun : IDisposable
{
    private readonly GoldenRun _run;
    private readonly GenerationInput _input;

    public CachedRun(string file)
    {
        _run = new(file);
        _input = _run.Input();
    }

    public WanSettings Settings(WanStepCache? options, int steps)
    {
        var settings = _run.Settings with { NumInferenceSteps = steps };
        return settings with { StepCache = StepCachePlanner.Plan(options, settings, _run.Checkpoint) };
    }

    public (torch.Tensor Latents, WanStepCacheReport? Report) Sample(WanSettings settings, CancellationToken ct, Action<WanProgress>? on = null)
    {
        WanStepCacheReport? report = null;
        var generation = _run.Create(new() { Progress = Note }, settings);
        using var conditions = generation.EncodeConditions(_input, ct);
        return (generation.Denoise(_run.Expected["initial_latents"], conditions, ct), report);

        void Note(WanProgress progress)
        {
            report = progress.StepCache ?? report;
            on?.Invoke(progress);
        }
    }

    /// <summary>latents → frames [1, 3, F, H, W] in [−1, 1].</summary>
    public torch.Tensor Decode(torch.Tensor latents, CancellationToken ct) => torch.cat([.. _run.Create(new()).Decode(latents, ct)], 2);

    public void Dispose()
    {
        _input.Dispose();
        _run.Dispose();
    }
}
