using Kinema.Core.Runs;
using Kinema.Core.Workers;

namespace Kinema.Worker.Remote;

/// <summary>Finds the run of an attempt that a remote worker holds.</summary>
internal sealed class HeldRuns(IRemoteWorkers workers)
{
    /// <returns>Null if the worker does not hold the run, or not under this fence.</returns>
    public async Task<ClaimedRun?> FindAsync(AttemptRef attempt, CancellationToken ct) =>
        (await workers.ListHeldAsync(attempt.WorkerId, ct)).FirstOrDefault(run => run.Attempt == attempt);
}
