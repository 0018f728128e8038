using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>Measures the phases of an attempt.</summary>
/// <param name="queued">Time from the create to the claim, measured once: a clock that is set while the attempt runs must not change its times.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class AttemptTimings(TimeSpan queued, TimeProvider timeProvider)
{
    private readonly TimeSpan _queued = queued > TimeSpan.Zero ? queued : TimeSpan.Zero;
    private readonly long _began = timeProvider.GetTimestamp();
    private TimeSpan _preprocess;

    public void InputsReady() => _preprocess = timeProvider.GetElapsedTime(_began);

    public RunTiming Timing(TimeSpan inference, TimeSpan encoding, TimeSpan upload) => new(
        Milliseconds(_queued),
        Milliseconds(_preprocess),
        Milliseconds(inference),
        Milliseconds(encoding),
        Milliseconds(upload),
        Milliseconds(_queued + timeProvider.GetElapsedTime(_began)));

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
