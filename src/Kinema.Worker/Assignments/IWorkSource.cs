using Kinema.Core.Runs;

namespace Kinema.Worker.Assignments;

/// <summary>Where a worker's runs come from: the ledger of this process, or a server over HTTP.</summary>
internal interface IWorkSource
{
    /// <summary>An attempt whose worker is silent for this long is lost. Known once registered.</summary>
    TimeSpan Lease { get; }

    /// <summary>Announces this worker and its engines.</summary>
    Task RegisterAsync(CancellationToken ct);

    /// <summary>Claims a run of an engine that has room, and waits a while for one; null if none came.</summary>
    Task<Assignment?> ClaimAsync(IReadOnlyList<string> engineIds, CancellationToken stopping);

    /// <summary>Extends the lease of an attempt and reports a requested cancellation.</summary>
    Task<HeartbeatReply> HeartbeatAsync(AttemptRef attempt, CancellationToken ct);

    /// <summary>Adds events to the run and updates it.</summary>
    /// <returns>False if the fence is no longer current: the attempt must stop.</returns>
    Task<bool> AppendAsync(AttemptRef attempt, AttemptAppend append, CancellationToken ct);

    /// <summary>Ends the attempt.</summary>
    /// <returns>False when the fence is no longer current: nothing was written.</returns>
    /// <remarks>Takes no cancellation token: a reached outcome is stored even during shutdown.</remarks>
    Task<bool> FinishAsync(AttemptRef attempt, AttemptOutcome outcome);

    /// <summary>Says that this worker has ended: whatever it still holds is handed back.</summary>
    Task LeaveAsync();
}
