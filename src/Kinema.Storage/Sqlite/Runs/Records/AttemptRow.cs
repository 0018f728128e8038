using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs.Records;

/// <summary>A row of <c>attempts</c>.</summary>
internal sealed class AttemptRow
{
    public required long Fence { get; init; }
    public required long Number { get; init; }
    public required long ClaimedAt { get; init; }
    public long? EndedAt { get; init; }
    public string? Outcome { get; init; }
    public long? Cost { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
    public string? FailureStage { get; init; }

    public AttemptRecord ToAttempt() => new()
    {
        Fence = Fence,
        Number = (int)Number,
        ClaimedAt = ClaimedAt.FromMicros(),
        EndedAt = EndedAt.FromMicros(),
        Outcome = Outcome,
        Cost = Cost is { } cost ? new Money(cost) : null,
        Failure = FailureCode is null ? null : new(FailureCode, FailureMessage!, FailureStage!),
    };
}
