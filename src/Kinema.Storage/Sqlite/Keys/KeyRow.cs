using System.Text.Json;
using Kinema.Core.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>A row of <c>keys</c>.</summary>
internal sealed class KeyRow
{
    public required string Id { get; init; }
    public required string OrgId { get; init; }
    public required string Name { get; init; }
    public required string Prefix { get; init; }
    public required byte[] Hash { get; init; }
    public required string ScopesJson { get; init; }
    public required long IsPlatformAdmin { get; init; }
    public long? ExpiresAt { get; init; }
    public long? RevokedAt { get; init; }
    public long? LastUsedAt { get; init; }
    public required long CreatedAt { get; init; }

    public ApiKey ToKey() => new()
    {
        Id = Guid.Parse(Id),
        OrgId = Guid.Parse(OrgId),
        Name = Name,
        Prefix = Prefix,
        Scopes = JsonSerializer.Deserialize(ScopesJson, StorageJson.Default.IReadOnlyListString)!,
        IsPlatformAdmin = IsPlatformAdmin != 0,
        ExpiresAt = ExpiresAt.FromMicros(),
        RevokedAt = RevokedAt.FromMicros(),
        LastUsedAt = LastUsedAt.FromMicros(),
        CreatedAt = CreatedAt.FromMicros(),
    };
}
