using Kinema.Core.Runs;

namespace Kinema.Worker.Attempts;

/// <summary>Why an attempt must stop, and what the ledger is told of it.</summary>
/// <param name="Reason">For the log.</param>
/// <param name="Outcome">Null when nothing may be written.</param>
internal sealed record AttemptStop(string Reason, AttemptOutcome? Outcome)
{
    public static AttemptStop Canceled { get; } = new("canceled", new AttemptOutcome.Canceled());

    /// <summary>The process is shutting down.</summary>
    public static AttemptStop HandedBack { get; } = new("handed back", new AttemptOutcome.HandedBack());

    /// <summary>Somebody else may own the run by now.</summary>
    public static AttemptStop FenceLost { get; } = new("fence lost", null);

    public static AttemptStop TimedOut(RunFailure failure) => new("timed out", new AttemptOutcome.Failed(failure));
}
