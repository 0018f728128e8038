using System.Security.Cryptography;
using Kinema.Core.Callbacks;
using Kinema.Storage.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>A row of <c>secrets</c>.</summary>
internal sealed class SecretRow
{
    public required string Id { get; init; }
    public required string OrgId { get; init; }
    public required string KeyPrefix { get; init; }
    public required byte[] SealedText { get; init; }
    public required long IsCurrent { get; init; }
    public string? Label { get; init; }
    public long? DisabledAt { get; init; }
    public long? LastUsedAt { get; init; }
    public required long CreatedAt { get; init; }
    public required long UpdatedAt { get; init; }

    public CallbackSecret ToSecret() => new()
    {
        Id = Guid.Parse(Id),
        OrgId = Guid.Parse(OrgId),
        KeyPrefix = KeyPrefix,
        IsCurrent = IsCurrent != 0,
        Label = Label,
        DisabledAt = DisabledAt.FromMicros(),
        LastUsedAt = LastUsedAt.FromMicros(),
        CreatedAt = CreatedAt.FromMicros(),
        UpdatedAt = UpdatedAt.FromMicros(),
    };

    public LiveSecret ToLive(SecretBox box)
    {
        var id = Guid.Parse(Id);
        try
        {
            return new(id, box.Open(SealedText, id, Guid.Parse(OrgId)), IsCurrent != 0);
        }
        catch (CryptographicException e)
        {
            throw new CallbackSecretException(KeyPrefix, e);
        }
    }
}
