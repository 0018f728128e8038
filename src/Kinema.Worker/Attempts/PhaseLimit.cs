namespace Kinema.Worker.Attempts;

/// <summary>The running time limit of a phase; disposed when the phase ends in time.</summary>
internal sealed class PhaseLimit(ITimer timer, TimeSpan limit, TimeProvider timeProvider) : IDisposable
{
    private long _started = timeProvider.GetTimestamp();
    private TimeSpan _spent;
    private bool _isPaused;

    public TimeSpan Left => limit - _spent - (_isPaused ? TimeSpan.Zero : timeProvider.GetElapsedTime(_started));

    /// <summary>Stops the clock until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _spent = limit - Left;
        _isPaused = true;
    }

    public void Resume()
    {
        _started = timeProvider.GetTimestamp();
        _isPaused = false;
        timer.Change(Left > TimeSpan.Zero ? Left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer.Dispose();
}
