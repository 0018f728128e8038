using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>Reason why an attempt must stop, and the outcome to store.</summary>
/// <param name="Reason">For the log.</param>
/// <param name="Outcome">Null if nothing may be stored.</param>
internal sealed record AttemptStop(string Reason, AttemptOutcome? Outcome)
{
    public static AttemptStop Canceled { get; } = new("canceled", new AttemptOutcome.Canceled());

    /// <summary>The process is shutting down.</summary>
    public static AttemptStop HandedBack { get; } = new("handed back", new AttemptOutcome.HandedBack());

    /// <summary>Another worker may own the run by now.</summary>
    public static AttemptStop FenceLost { get; } = new("fence lost", null);

    /// <summary>The run's time is over, whatever it is doing. The server ends it.</summary>
    public static AttemptStop Overdue { get; } = new("overdue", null);

    public static AttemptStop TimedOut(RunFailure failure) => new("timed out", new AttemptOutcome.Failed(failure));
}
