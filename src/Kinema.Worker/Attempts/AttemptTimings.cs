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

    /// <summary>Time of <see cref="RunPhases.Expanding"/>, which is part of the time until the inputs are ready.</summary>
    public TimeSpan Expanding { get; set; }

    /// <summary>Time of <see cref="RunPhases.Checking"/> before the engine, which is part of the time until the inputs are ready, and after it.</summary>
    public TimeSpan Checking { get; set; }

    /// <summary>The time before the engine, but for expanding and checking.</summary>
    public void InputsReady() => _preprocess = timeProvider.GetElapsedTime(_began) - Expanding - Checking;

    public RunTiming Timing(TimeSpan inference, TimeSpan encoding, TimeSpan upload) => new(
        Milliseconds(_queued),
        Milliseconds(_preprocess),
        Milliseconds(inference),
        Milliseconds(encoding),
        Milliseconds(upload),
        Milliseconds(_queued + timeProvider.GetElapsedTime(_began)))
    {
        ExpandingMs = Milliseconds(Expanding),
        CheckingMs = Milliseconds(Checking),
    };

    private static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;
}
