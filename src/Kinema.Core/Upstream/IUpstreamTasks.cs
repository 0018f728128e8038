using Kinema.Core.Pricing;

namespace Kinema.Core.Upstream;

/// <summary>
/// The tasks that runs have at providers who are paid for them. A submit is reserved before it is sent, so that whatever becomes of its answer, nothing is submitted or
/// paid for twice unseen. One submit of a lane is under way at a time: a task whose answer was lost can then be recognised by its time.
/// </summary>
public interface IUpstreamTasks
{
    /// <summary>Reserves a submit and holds what it costs at most, or says why not.</summary>
    Task<UpstreamReservation> ReserveAsync(NewUpstreamTask task, SpendLimits limits, CancellationToken ct);

    /// <summary>The provider gave the task this id. False if the id is another run's already, and nothing changes.</summary>
    Task<bool> SubmittedAsync(string key, string taskId, CancellationToken ct);

    /// <summary>The provider refused the submit, or it was never sent: nothing is held, and it may be reserved again.</summary>
    Task RejectedAsync(string key, CancellationToken ct);

    /// <summary>Nobody knows whether the provider took the submit. What it costs at most stays held, and its time window reserved.</summary>
    Task DoubtfulAsync(string key, CancellationToken ct);

    /// <summary>Makes submits doubtful that were under way when their process died. Called before the first reservation of a process.</summary>
    Task InterruptedAsync(string lane, CancellationToken ct);

    /// <summary>The task has ended. Its cost, if known, replaces what was held and becomes a line of the run's ledger; the first call counts.</summary>
    /// <param name="key">The run.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="cost">What the provider is paid; null if nobody knows: then what was held counts towards the day's spend.</param>
    /// <param name="ct">Cancels.</param>
    Task EndedAsync(string key, UpstreamOutcome outcome, Money? cost, CancellationToken ct);

    Task<UpstreamTask?> FindAsync(string key, CancellationToken ct);

    /// <summary>The submits of a lane whose answers were lost, the oldest first.</summary>
    Task<IReadOnlyList<UpstreamTask>> ListDoubtfulAsync(string lane, CancellationToken ct);

    /// <summary>Those of the ids that are known to belong to runs.</summary>
    Task<IReadOnlySet<string>> FindClaimedAsync(string lane, IReadOnlyList<string> taskIds, CancellationToken ct);

    /// <summary>The open tasks of a lane whose runs have ended or are gone, the oldest first: nobody else watches them.</summary>
    Task<IReadOnlyList<UpstreamTask>> ListLeftAsync(string lane, CancellationToken ct);

    /// <summary>What is spent and held today (UTC), by everyone and by one organisation.</summary>
    Task<UpstreamSpend> ReadSpendAsync(string organization, CancellationToken ct);
}
