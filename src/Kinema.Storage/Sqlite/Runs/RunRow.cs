using System.Text.Json;
using Kinema.Core.Pricing;
using Kinema.Core.Runs;

namespace Kinema.Storage.Sqlite.Runs;

/// <summary>A row of <c>runs</c>.</summary>
internal sealed class RunRow
{
    public required string Id { get; init; }
    public required string OrgId { get; init; }
    public required string ModelId { get; init; }
    public required string ModelSlug { get; init; }
    public required long ManifestVersion { get; init; }
    public required string EngineId { get; init; }
    public required string Status { get; init; }
    public required string SourceCode { get; init; }
    public required string InputJson { get; init; }
    public required string EffectiveInputJson { get; init; }
    public string? MetadataJson { get; init; }
    public string? ClientRef { get; init; }
    public string? CallbackUrl { get; init; }
    public required string RequestId { get; init; }
    public string? CreatedBy { get; init; }
    public required long CreatedAt { get; init; }
    public long? StartedAt { get; init; }
    public long? CompletedAt { get; init; }
    public required long DeadlineAt { get; init; }
    public required long ExpiresAt { get; init; }
    public required long AvailableAt { get; init; }
    public required long Held { get; init; }
    public long? Cost { get; init; }
    public string? OutputJson { get; init; }
    public string? FailureCode { get; init; }
    public string? FailureMessage { get; init; }
    public string? FailureStage { get; init; }
    public long? CancelRequestedAt { get; init; }
    public string? CancelReason { get; init; }
    public required long AttemptCount { get; init; }
    public required long Fence { get; init; }
    public required long LastSequence { get; init; }
    public long? LeaseUntil { get; init; }
    public string? RetryOf { get; init; }
    public string? WorkSize { get; init; }
    public string? PromptExpansionJson { get; init; }
    public string? TraceParent { get; init; }
    public long? FeedbackIsPositive { get; init; }
    public string? FeedbackReason { get; init; }

    public RunStatus ParsedStatus => RunStatusCodes.Parse(Status);

    public bool IsClaimed => ParsedStatus is RunStatus.Dispatching or RunStatus.Running;

    public Run ToRun() => new()
    {
        Id = Guid.Parse(Id),
        OrgId = Guid.Parse(OrgId),
        ModelId = Guid.Parse(ModelId),
        ModelSlug = ModelSlug,
        ManifestVersion = (int)ManifestVersion,
        EngineId = EngineId,
        Status = ParsedStatus,
        SourceCode = SourceCode,
        InputJson = InputJson,
        EffectiveInputJson = EffectiveInputJson,
        MetadataJson = MetadataJson,
        ClientRef = ClientRef,
        CallbackUrl = CallbackUrl,
        RequestId = RequestId,
        CreatedBy = CreatedBy is null ? null : Guid.Parse(CreatedBy),
        CreatedAt = CreatedAt.FromMicros(),
        StartedAt = StartedAt.FromMicros(),
        CompletedAt = CompletedAt.FromMicros(),
        DeadlineAt = DeadlineAt.FromMicros(),
        Held = new Money(Held),
        Cost = Cost is { } cost ? new Money(cost) : null,
        Output = OutputJson is null ? null : JsonSerializer.Deserialize(OutputJson, StorageJson.Default.RunOutput),
        Failure = FailureCode is null ? null : new RunFailure(FailureCode, FailureMessage!, FailureStage!),
        CancelRequestedAt = CancelRequestedAt.FromMicros(),
        CancelReason = CancelReason,
        AttemptCount = (int)AttemptCount,
        RetryOf = RetryOf is null ? null : Guid.Parse(RetryOf),
        WorkSize = WorkSize,
        Expansion = PromptExpansionJson is null ? null : JsonSerializer.Deserialize(PromptExpansionJson, StorageJson.Default.PromptExpansion),
        TraceParent = TraceParent,
        FeedbackIsPositive = FeedbackIsPositive is null ? null : FeedbackIsPositive != 0,
        FeedbackReason = FeedbackReason,
    };
}
