using Kinema.Core.Keys;
using Kinema.Core.Runs;
using Kinema.Core.Workers;
using Kinema.Worker.Protocol;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Remote;

/// <summary>Registers a remote worker under an id of the server's choice; one that comes back keeps its id and its attempts.</summary>
internal sealed class RegisterForWorker(IRemoteWorkers workers, IWorkerLedger ledger, IOptions<RunPolicy> policy, TimeProvider timeProvider)
{
    public async Task<WorkerRegistered> HandleAsync(WorkerKey key, int protocol, RegisterWorker request, CancellationToken ct)
    {
        var isKnown = request.WorkerId is { } id && await workers.FindAsync(id, ct) is { } worker && worker.KeyId == key.Id;
        var workerId = isKnown ? request.WorkerId!.Value : Guid.CreateVersion7(timeProvider.GetUtcNow());
        var facts = new RemoteWorkerFacts(key.Id, protocol, request.Version);
        if (!await ledger.RegisterAsync(new(workerId, workerId, request.Name, request.Capacity, request.Engines) { Remote = facts }, ct))
            throw new InvalidOperationException($"The worker id {workerId} belongs to another worker.");

        return new(workerId, policy.Value.LeaseSeconds);
    }
}
