using System.Text.Json;
using Kinema.Core.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>A row of <c>worker_keys</c>.</summary>
internal sealed class WorkerKeyRow
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Prefix { get; init; }
    public required byte[] Hash { get; init; }
    public required string EngineIdsJson { get; init; }
    public long? ExpiresAt { get; init; }
    public long? RevokedAt { get; init; }
    public long? LastUsedAt { get; init; }
    public required long CreatedAt { get; init; }

    public WorkerKey ToKey() => new()
    {
        Id = Guid.Parse(Id),
        Name = Name,
        Prefix = Prefix,
        EngineIds = JsonSerializer.Deserialize(EngineIdsJson, StorageJson.Default.IReadOnlyListString)!,
        ExpiresAt = ExpiresAt.FromMicros(),
        RevokedAt = RevokedAt.FromMicros(),
        LastUsedAt = LastUsedAt.FromMicros(),
        CreatedAt = CreatedAt.FromMicros(),
    };
}
