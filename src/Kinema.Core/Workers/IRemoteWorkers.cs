using Kinema.Core.Runs;

namespace Kinema.Core.Workers;

/// <summary>
/// Workers outside the server's process. They outlive it: their registrations and attempts stay when a server starts again, until a day without a claim or
/// heartbeat removes the registration.
/// </summary>
public interface IRemoteWorkers
{
    /// <summary>Returns a registered remote worker; null for an unknown id and for a worker in a server's process.</summary>
    Task<RemoteWorker?> FindAsync(Guid workerId, CancellationToken ct);

    /// <summary>Returns the runs that a worker holds now, as <see cref="IWorkerLedger.ClaimAsync"/> gave them: for a claim whose answer was lost.</summary>
    Task<IReadOnlyList<ClaimedRun>> ListHeldAsync(Guid workerId, CancellationToken ct);

    /// <summary>
    /// Gives a worker no more runs; it finishes those that it has. Holds until its process ends, also when it registers again. Workers in the server's process can be
    /// drained too.
    /// </summary>
    /// <returns>False if no such worker is registered.</returns>
    Task<bool> DrainAsync(Guid workerId, CancellationToken ct);

    /// <summary>Forgets a remote worker that has ended: it is listed no more, and its engines no longer count.</summary>
    /// <returns>False if no such worker is registered.</returns>
    Task<bool> RemoveAsync(Guid workerId, CancellationToken ct);
}
