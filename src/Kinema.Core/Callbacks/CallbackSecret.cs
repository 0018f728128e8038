namespace Kinema.Core.Callbacks;

/// <summary>A signing secret without its text, which is shown only at creation.</summary>
public sealed record CallbackSecret
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }

    /// <summary>First characters, for identification.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>Whether this secret signs <c>Runflow-Signature</c>.</summary>
    public required bool IsCurrent { get; init; }

    public string? Label { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A secret in plain text, for signing only.</summary>
public sealed record LiveSecret(Guid Id, string Text, bool IsCurrent);

public interface ICallbackSecrets
{
    /// <summary>Creates <c>whsec_</c> + base64 of 32 random bytes, encrypted at rest. The first is current; one made beside a current one is not.</summary>
    Task<(CallbackSecret Secret, string PlainSecret)> CreateAsync(Guid orgId, string? label, CancellationToken ct);

    Task<IReadOnlyList<CallbackSecret>> ListAsync(Guid orgId, CancellationToken ct);
    Task<CallbackSecret?> FindAsync(Guid orgId, Guid id, CancellationToken ct);

    /// <summary>Updates a secret; null leaves a value unchanged. Only one secret is current.</summary>
    Task<CallbackSecret?> UpdateAsync(Guid orgId, Guid id, string? label, bool? isCurrent, CancellationToken ct);

    Task<bool> DeleteAsync(Guid orgId, Guid id, CancellationToken ct);

    /// <summary>Returns all active secrets, the current one first, and updates their time of use.</summary>
    /// <exception cref="CallbackSecretException">One of them cannot be decrypted.</exception>
    Task<IReadOnlyList<LiveSecret>> ReadLiveAsync(Guid orgId, CancellationToken ct);
}
