namespace Kinema.Core.Runs;

/// <summary>Maintenance that ends lost and overdue runs and finds unreferenced files.</summary>
public interface IRunMaintenance
{
    /// <summary>Ends attempts whose lease has expired: the run is queued again, or fails with <c>WORKER_LOST</c> once its attempts are spent.</summary>
    /// <returns>Number of expired leases.</returns>
    Task<int> ReapExpiredLeasesAsync(CancellationToken ct);

    /// <summary>
    /// Ends the leases of dead server processes at once, and gives those of remote workers their whole length anew: such a worker could not renew them while no server was
    /// there. Only for a caller that holds the store's lock and so knows that the others are dead.
    /// </summary>
    Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct);

    /// <summary>Gives the leases of remote workers their whole length anew, after a time in which this server could not hear anybody.</summary>
    Task<int> RenewRemoteLeasesAsync(CancellationToken ct);

    /// <summary>Fails runs with <c>TIMED_OUT</c> that exceeded the queue's time-to-live or their deadline.</summary>
    Task<int> ExpireOverdueAsync(CancellationToken ct);

    /// <summary>Deletes references to outputs and inputs past their retention; the sweeper then removes the files.</summary>
    Task<int> ForgetExpiredMediaAsync(DateTimeOffset inputsBefore, DateTimeOffset outputsBefore, CancellationToken ct);

    /// <summary>Returns artifact keys that stored outputs reference.</summary>
    Task<IReadOnlySet<string>> ReadLiveArtifactKeysAsync(CancellationToken ct);

    /// <summary>Returns contents (organisation and digest) that assets or run inputs reference.</summary>
    Task<IReadOnlySet<(Guid OrgId, string Digest)>> ReadLiveContentsAsync(CancellationToken ct);

    /// <summary>Returns claimed runs with their fence; their scratch files are in use.</summary>
    Task<IReadOnlySet<(Guid RunId, long Fence)>> ReadActiveAttemptsAsync(CancellationToken ct);
}
