using Kinema.Core.Catalog;
using Kinema.Core.Runs;
using Kinema.Engines;
using Kinema.Worker.Assignments;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Remote;

/// <summary>Ends an attempt of a remote worker without a video.</summary>
internal sealed class EndForWorker(HeldRuns held, PrepareForWorker preparing, FinishForWorker finish, ICatalog catalog)
{
    /// <returns>False if the worker does not hold the run.</returns>
    public async Task<bool> HandleAsync(AttemptRef attempt, EndAttempt end, CancellationToken ct)
    {
        if (await held.FindAsync(attempt, ct) is not { } run)
            return false;

        preparing.Stop(attempt);
        return await finish.HandleAsync(attempt, ToOutcome(run, end));
    }

    private AttemptOutcome ToOutcome(ClaimedRun run, EndAttempt end) => end.Outcome switch
    {
        EndAttempt.Failed => new AttemptOutcome.Failed(WithKnownCode(end.Failure!)),
        EndAttempt.Retry => new AttemptOutcome.Retry(WithKnownCode(end.Failure!), TimeSpan.FromSeconds(end.DelaySeconds)),
        EndAttempt.Refused => RunInputReader.Read(catalog, run.Run) is { } input
            ? UnsupportedInput.Of(input, new EngineSupport(end.Role, end.Reason))
            : RunInputReader.NoLongerAccepted(run.Run),
        EndAttempt.Canceled => new AttemptOutcome.Canceled(),
        EndAttempt.HandedBack => new AttemptOutcome.HandedBack(TimeSpan.FromSeconds(end.DelaySeconds)),
        _ => throw new ArgumentException($"'{end.Outcome}' is not an outcome.", nameof(end)),
    };

    /// <summary>The API documents every code; an engine's own would be unknown to callers.</summary>
    private static RunFailure WithKnownCode(RunFailure failure) => FailureCodes.OfEngines.Contains(failure.Code) ? failure : failure with { Code = FailureCodes.EngineFailed };
}
