namespace Kinema.Core.Keys;

/// <summary>A stored API key; the store has only its hash.</summary>
public sealed record ApiKey
{
    public required Guid Id { get; init; }
    public required Guid OrgId { get; init; }
    public required string Name { get; init; }

    /// <summary>Public prefix for look-up and identification.</summary>
    public required string Prefix { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>May act across organisations on <c>/v1/admin</c> routes. Not the same as an organisation's own administrator, which is a scope.</summary>
    public required bool IsPlatformAdmin { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

public sealed record Organization(Guid Id, string Name, string Slug, DateTimeOffset CreatedAt);

public sealed record NewApiKey(Guid OrgId, string Name, IReadOnlyList<string> Scopes, bool IsPlatformAdmin, DateTimeOffset? ExpiresAt);

public interface IApiKeys
{
    /// <summary>Creates a key; only this call returns its token.</summary>
    Task<(ApiKey Key, string Token)> CreateAsync(NewApiKey key, CancellationToken ct);

    /// <summary>Returns the valid key of this token, compared in constant time; null if unknown, revoked or expired.</summary>
    Task<ApiKey?> AuthenticateAsync(string token, CancellationToken ct);

    Task<IReadOnlyList<ApiKey>> ListAsync(Guid orgId, CancellationToken ct);
    Task<bool> RevokeAsync(Guid orgId, Guid keyId, CancellationToken ct);
}

public interface IOrganizations
{
    Task<Organization> CreateAsync(string name, CancellationToken ct);
    Task<Organization?> FindAsync(Guid id, CancellationToken ct);
    Task<IReadOnlyList<Organization>> ListAsync(CancellationToken ct);
}
