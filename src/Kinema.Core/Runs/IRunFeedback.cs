namespace Kinema.Core.Runs;

/// <summary>The caller's verdict on a run.</summary>
public interface IRunFeedback
{
    /// <summary>Stores what was sent. Returns the run, or null if it does not exist.</summary>
    Task<Run?> SetAsync(Guid orgId, Guid runId, RunFeedback feedback, CancellationToken ct);
}

/// <summary>Null erases a value; one that is not set stays as it is.</summary>
public sealed record RunFeedback
{
    public const int MaxReasonLength = 2000;

    public bool? IsPositive { get; init; }
    public bool SetsIsPositive { get; init; }
    public string? Reason { get; init; }
    public bool SetsReason { get; init; }
}
