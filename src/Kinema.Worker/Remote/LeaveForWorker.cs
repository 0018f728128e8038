using Kinema.Core.Runs;
using Kinema.Core.Workers;

namespace Kinema.Worker.Remote;

/// <summary>Hands back what a worker that has ended still holds, so that no lease needs to run out, and forgets the worker.</summary>
internal sealed class LeaveForWorker(IRemoteWorkers workers, PrepareForWorker preparing, FinishForWorker finish)
{
    public async Task HandleAsync(RemoteWorker worker, CancellationToken ct)
    {
        foreach (var run in await workers.ListHeldAsync(worker.Id, ct))
        {
            preparing.Stop(run.Attempt);
            await finish.HandleAsync(run.Attempt, new AttemptOutcome.HandedBack());
        }

        await workers.RemoveAsync(worker.Id, ct);
    }
}
