using Kinema.Core.Pricing;

namespace Kinema.Core.Runs;

/// <summary>What happened to a run, for its callers. Null: the run does not exist.</summary>
public interface IRunHistory
{
    /// <summary>Returns the log lines after a sequence number, oldest first.</summary>
    Task<IReadOnlyList<RunEvent>?> ReadLogsAsync(Guid orgId, Guid runId, long afterSequence, int limit, CancellationToken ct);

    /// <summary>Returns the attempts, first to last.</summary>
    Task<IReadOnlyList<AttemptRecord>?> ReadAttemptsAsync(Guid orgId, Guid runId, CancellationToken ct);
}

/// <summary>One claim of a run by a worker.</summary>
public sealed record AttemptRecord
{
    public required long Fence { get; init; }

    /// <summary>1 for the first; an attempt that was handed back has the number of the next one.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>When the engine started; null if it never did.</summary>
    public DateTimeOffset? RunningAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>succeeded, failed, canceled, retry, handed_back, lost, timed_out</c>; null while it goes on.</summary>
    public string? Outcome { get; init; }

    public Money? Cost { get; init; }
    public RunFailure? Failure { get; init; }
}
