using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>When the phases of an attempt began.</summary>
internal sealed class AttemptClock(Run run, TimeProvider clock)
{
    private readonly DateTimeOffset _claimed = clock.GetUtcNow();
    private readonly long _began = clock.GetTimestamp();
    private TimeSpan _preprocess;

    public void InputsReady() => _preprocess = clock.GetElapsedTime(_began);

    public RunTiming Timing(TimeSpan inference, TimeSpan encoding, TimeSpan upload) => new(
        Milliseconds(_claimed - run.CreatedAt),
        Milliseconds(_preprocess),
        Milliseconds(inference),
        Milliseconds(encoding),
        Milliseconds(upload),
        Milliseconds(clock.GetUtcNow() - run.CreatedAt));

    private static long Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds);
}
