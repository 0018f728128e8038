namespace Kinema.Core.Runs;

/// <summary>A run to create, with everything to store in the same transaction.</summary>
/// <param name="Run">Status <see cref="RunStatus.Queued"/>.</param>
/// <param name="Events">First lines of its history, after the implied <c>queued</c> status event.</param>
/// <param name="Assets">Assets made from inline data, stored with the run or not at all.</param>
public sealed record NewRun(Run Run, IReadOnlyList<NewRunEvent> Events, IReadOnlyList<Assets.Asset> Assets)
{
    /// <summary>The answer to keep for repetitions of the request, stored with the run or not at all.</summary>
    public Idempotency.StoredAnswer? Answer { get; init; }
}

/// <summary>Limits of the queue.</summary>
/// <param name="MaxQueued">Runs waiting in the whole store.</param>
/// <param name="MaxQueuedPerOrg">Runs waiting for one organisation.</param>
public sealed record AdmissionLimits(int MaxQueued, int MaxQueuedPerOrg)
{
    /// <summary>Compares the numbers of waiting runs with the limits.</summary>
    public AdmitOutcome Check(long queued, long queuedOfOrg) => queued >= MaxQueued ? AdmitOutcome.QueueFull
        : queuedOfOrg >= MaxQueuedPerOrg ? AdmitOutcome.OrgQueueFull
        : AdmitOutcome.Admitted;
}

public enum AdmitOutcome
{
    Admitted,

    /// <summary>The store's queue is full: 503.</summary>
    QueueFull,

    /// <summary>The organisation's share of the queue is full: 429.</summary>
    OrgQueueFull,
}
