namespace Kinema.Core.Callbacks;

/// <summary>A signing secret's public side. The text itself is shown once, at creation.</summary>
public sealed record CallbackSecret
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }

    /// <summary>The first characters, to tell secrets apart.</summary>
    public required string KeyPrefix { get; init; }

    /// <summary>The one that signs <c>Runflow-Signature</c>.</summary>
    public required bool IsCurrent { get; init; }

    public string? Label { get; init; }
    public DateTimeOffset? DisabledAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A secret in the clear, for signing only.</summary>
public sealed record LiveSecret(Guid Id, string Text, bool IsCurrent);

public interface ICallbackSecrets
{
    /// <summary>Makes <c>whsec_</c> + base64 of 32 random bytes, encrypted at rest; it becomes the current one.</summary>
    Task<(CallbackSecret Secret, string PlainSecret)> CreateAsync(Guid orgId, string? label, CancellationToken ct);

    Task<IReadOnlyList<CallbackSecret>> ListAsync(Guid orgId, CancellationToken ct);
    Task<CallbackSecret?> FindAsync(Guid orgId, Guid id, CancellationToken ct);

    /// <summary>Null leaves a value. Making one current makes the others not.</summary>
    Task<CallbackSecret?> UpdateAsync(Guid orgId, Guid id, string? label, bool? isCurrent, CancellationToken ct);

    Task<bool> DeleteAsync(Guid orgId, Guid id, CancellationToken ct);

    /// <summary>Every secret that signs now, the current one first; marks them used.</summary>
    Task<IReadOnlyList<LiveSecret>> ReadLiveAsync(Guid orgId, CancellationToken ct);
}
