using Kinema.Core.Upstream;

namespace Kinema.Storage.Sqlite.Upstream;

internal sealed class UpstreamTaskRow
{
    public required string RunKey { get; init; }

    public required string OrgId { get; init; }

    public required string State { get; init; }

    public string? TaskId { get; init; }

    public required long CreatedAt { get; init; }

    public required long SentAt { get; init; }

    public long? AnsweredAt { get; init; }

    public UpstreamTask ToTask() => new()
    {
        Key = RunKey,
        Organization = OrgId,
        State = Enum.Parse<UpstreamState>(State, ignoreCase: true),
        TaskId = TaskId,
        CreatedAt = CreatedAt.FromMicros(),
        SentAt = SentAt.FromMicros(),
        AnsweredAt = AnsweredAt.FromMicros(),
    };
}
