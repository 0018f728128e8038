using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Kinema.Core.Keys;
using Kinema.Core.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>Stores API keys by prefix, with only a hash of the whole key.</summary>
internal sealed partial class SqliteApiKeys(SqliteDatabase database, TimeProvider timeProvider, ILogger<SqliteApiKeys> logger) : IApiKeys
{
    private const int TouchEverySeconds = 60;

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

        var unlessSince = now - Microseconds.FromSeconds(TouchEverySeconds);
        if (found.LastUsedAt is null || found.LastUsedAt <= unlessSince)
            await TryTouchAsync(found, unlessSince, now, ct);
        return found.ToKey();
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(Guid orgId, CancellationToken ct) => database.ReadAsync<IReadOnlyList<ApiKey>>(
        c => [.. c.Query<KeyRow>(Sql.ListKeys, new { orgId = orgId.ToString() }).Select(k => k.ToKey())], ct);

    public Task<bool> RevokeAsync(Guid orgId, Guid keyId, CancellationToken ct) => database.WriteAsync(
        c => c.Execute(Sql.RevokeKey, new { id = keyId.ToString(), orgId = orgId.ToString(), now = timeProvider.NowMicros() }) == 1, ct);

    /// <summary>Marks the key as used. A key opens the door also where nothing can be written.</summary>
    private async Task TryTouchAsync(KeyRow key, long unlessSince, long now, CancellationToken ct)
    {
        try
        {
            await database.WriteAsync(c => c.Execute(Sql.TouchKey, new { id = key.Id, unlessSince, now }), ct);
        }
        catch (Exception error) when (error is StorageFullException or SqliteException)
        {
            LogNotTouched(key.Prefix, error);
        }
    }

    [LoggerMessage(2010, LogLevel.Warning, "The last use of key {Prefix} could not be recorded")]
    private partial void LogNotTouched(string prefix, Exception error);
}
