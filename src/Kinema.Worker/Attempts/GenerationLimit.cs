using Kinema.Engines;
using Kinema.Worker.Assignments;

namespace Kinema.Worker.Attempts;

/// <summary>The time limits of a generation: loading weights has one of its own, so that a slow disk does not take the time of the video.</summary>
internal sealed class GenerationLimit : IDisposable
{
    private readonly PhaseLimit _generating;
    private readonly PhaseLimit _loading;
    private bool _isLoading;

    public GenerationLimit(LiveAttempt attempt, AttemptLimits limits)
    {
        _generating = attempt.Limit(AttemptPhase.Generate, limits.GenerateSeconds);
        _loading = attempt.Limit(AttemptPhase.Load, limits.LoadSeconds ?? limits.GenerateSeconds);
        _loading.Pause();
    }

    /// <summary>Lets the clock of the event's phase run. An engine that goes back and forth gets no more time than both limits together.</summary>
    public void Enter(EngineEvent made)
    {
        var isLoading = made switch
        {
            EngineEvent.Progress progress => progress.Stage == EngineEvent.Progress.Loading,
            EngineEvent.Started or EngineEvent.Frame => false,
            _ => _isLoading,
        };
        if (isLoading == _isLoading)
            return;

        _isLoading = isLoading;
        var (running, waiting) = isLoading ? (_generating, _loading) : (_loading, _generating);
        running.Pause();
        waiting.Resume();
    }

    public void Dispose()
    {
        _generating.Dispose();
        _loading.Dispose();
    }
}
