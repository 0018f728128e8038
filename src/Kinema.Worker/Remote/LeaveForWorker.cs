using Kinema.Core.Runs;
using Kinema.Core.Workers;
using Kinema.Worker.Assignments;

namespace Kinema.Worker.Remote;

/// <summary>Hands back what a worker that has ended still holds, so that no lease needs to run out, and forgets the worker.</summary>
internal sealed class LeaveForWorker(IRemoteWorkers workers, PrepareForWorker preparing, IWorkSource local)
{
    public async Task HandleAsync(RemoteWorker worker, CancellationToken ct)
    {
        foreach (var run in await workers.ListHeldAsync(worker.Id, ct))
        {
            preparing.Stop(run.Attempt);
            await local.FinishAsync(run.Attempt, new AttemptOutcome.HandedBack());
        }

        await workers.RemoveAsync(worker.Id, ct);
    }
}
