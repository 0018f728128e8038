using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Kinema.Core.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>Stores API keys by prefix, with only a hash of the whole key.</summary>
internal sealed class SqliteApiKeys(IStoreDatabase database, KeyUse use, TimeProvider timeProvider) : IApiKeys
{
    public async Task<(ApiKey Key, string Token)> CreateAsync(NewApiKey key, CancellationToken ct)
    {
        var token = ApiKeyToken.Create(key.IsPlatformAdmin);
        var created = new ApiKey
        {
            Id = Guid.CreateVersion7(timeProvider.GetUtcNow()),
            OrgId = key.OrgId,
            Name = key.Name,
            Prefix = token.Prefix,
            Scopes = key.Scopes,
            IsPlatformAdmin = key.IsPlatformAdmin,
            ExpiresAt = key.ExpiresAt,
            CreatedAt = timeProvider.NowMicros().FromMicros(),
        };
        await database.WriteAsync(
            c => c.Execute(Sql.AddKey, new
            {
                id = created.Id.ToString(),
                orgId = created.OrgId.ToString(),
                name = created.Name,
                prefix = created.Prefix,
                hash = token.Hash(),
                scopesJson = JsonSerializer.Serialize(created.Scopes, StorageJson.Default.IReadOnlyListString),
                isPlatformAdmin = created.IsPlatformAdmin ? 1 : 0,
                expiresAt = created.ExpiresAt.ToMicros(),
                now = created.CreatedAt.ToMicros(),
            }),
            ct);
        return (created, token.Text);
    }

    public async Task<ApiKey?> AuthenticateAsync(string token, CancellationToken ct)
    {
        if (!ApiKeyToken.TryParse(token, out var presented))
            return null;

        var now = timeProvider.NowMicros();
        var found = await database.ReadAsync(c => c.QueryPrepared<KeyRow>(Sql.FindKey, ("@prefix", presented.Prefix), ("@now", now)), ct);
        if (found is null || !CryptographicOperations.FixedTimeEquals(found.Hash, presented.Hash()))
            return null;

        await use.NoteAsync(Sql.TouchKey, (found.Id, found.Prefix, found.LastUsedAt), now, ct);
        return found.ToKey();
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(Guid orgId, CancellationToken ct) => database.ReadAsync<IReadOnlyList<ApiKey>>(
        c => [.. c.Query<KeyRow>(Sql.ListKeys, new { orgId = orgId.ToString() }).Select(k => k.ToKey())], ct);

    public Task<bool> RevokeAsync(Guid orgId, Guid keyId, CancellationToken ct) => database.WriteAsync(
        c => c.Execute(Sql.RevokeKey, new { id = keyId.ToString(), orgId = orgId.ToString(), now = timeProvider.NowMicros() }) == 1, ct);
}
