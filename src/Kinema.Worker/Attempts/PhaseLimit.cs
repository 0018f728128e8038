namespace Kinema.Worker.Attempts;

/// <summary>The running time limit of a phase; disposed when the phase ends in time.</summary>
internal sealed class PhaseLimit(ITimer timer, TimeSpan limit, TimeProvider timeProvider) : IDisposable
{
    private readonly long _started = timeProvider.GetTimestamp();

    public TimeSpan Left => limit - timeProvider.GetElapsedTime(_started);

    public void Dispose() => timer.Dispose();
}
