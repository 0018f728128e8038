using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>Measures the phases of an attempt.</summary>
internal sealed class AttemptTimings(Run run, TimeProvider timeProvider)
{
    private readonly DateTimeOffset _claimed = timeProvider.GetUtcNow();
    private readonly long _began = timeProvider.GetTimestamp();
    private TimeSpan _preprocess;

    public void InputsReady() => _preprocess = timeProvider.GetElapsedTime(_began);

    public RunTiming Timing(TimeSpan inference, TimeSpan encoding, TimeSpan upload) => new(
        Milliseconds(_claimed - run.CreatedAt),
        Milliseconds(_preprocess),
        Milliseconds(inference),
        Milliseconds(encoding),
        Milliseconds(upload),
        Milliseconds(timeProvider.GetUtcNow() - run.CreatedAt));

    private static long Milliseconds(TimeSpan time) => Math.Max(0, (long)time.TotalMilliseconds);
}
