using Kinema.Core.Runs;
using Kinema.Core.Workers;
using Kinema.Worker.Protocol;

namespace Kinema.Worker.Remote;

/// <summary>Extends the leases of a remote worker's attempts, each in a transaction of its own; the store commits them together.</summary>
internal sealed class HeartbeatsForWorker(IWorkerLedger ledger)
{
    public async Task<HeartbeatsReply> HandleAsync(RemoteWorker worker, SendHeartbeats request, CancellationToken ct) =>
        new(await Task.WhenAll(request.Attempts.Select(async attempt =>
        {
            var reply = await ledger.HeartbeatAsync(new(attempt.RunId, attempt.Fence, worker.Id), ct);
            return new AttemptState(attempt.RunId, attempt.Fence, reply.FenceIsCurrent, reply.CancelRequested, (long?)reply.Left?.TotalMilliseconds);
        })));
}
