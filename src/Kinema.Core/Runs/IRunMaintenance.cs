namespace Kinema.Core.Runs;

/// <summary>What keeps every run moving to an end.</summary>
public interface IRunMaintenance
{
    /// <summary>Attempts whose lease ran out: the run waits again, or fails with <c>WORKER_LOST</c> once its attempts are spent.</summary>
    /// <returns>How many leases were taken back.</returns>
    Task<int> ReapExpiredLeasesAsync(CancellationToken ct);

    /// <summary>Takes back, at once, every lease of another instance. Only for a caller that holds the store's lock and so knows them dead.</summary>
    Task<int> ReclaimFromDeadInstancesAsync(Guid liveInstanceId, CancellationToken ct);

    /// <summary>Fails with <c>TIMED_OUT</c> what waited beyond the queue's time-to-live or ran beyond its deadline.</summary>
    Task<int> ExpireOverdueAsync(CancellationToken ct);

    /// <summary>Forgets outputs and inputs older than their retention; their files become orphans for the sweeper.</summary>
    Task<int> ForgetExpiredMediaAsync(DateTimeOffset inputsBefore, DateTimeOffset outputsBefore, CancellationToken ct);

    /// <summary>Artifact keys that a stored output still names.</summary>
    Task<IReadOnlySet<string>> ReadLiveArtifactKeysAsync(CancellationToken ct);

    /// <summary>Contents (organisation and digest) that an asset or a run's input still names.</summary>
    Task<IReadOnlySet<(Guid OrgId, string Digest)>> ReadLiveContentsAsync(CancellationToken ct);

    /// <summary>Runs that are claimed now, with their fence: their unfinished files are not orphans.</summary>
    Task<IReadOnlySet<(Guid RunId, long Fence)>> ReadActiveAttemptsAsync(CancellationToken ct);
}
