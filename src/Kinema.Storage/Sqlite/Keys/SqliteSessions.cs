using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Kinema.Core.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>Stores sessions by the hash of their token: 256 random bits, so that no slow hash is needed.</summary>
internal sealed class SqliteSessions(IStoreDatabase database, TimeProvider timeProvider) : ISessions
{
    /// <summary>More browsers than a key has; a program that signs in again and again takes no more room.</summary>
    private const int MostOfOneKey = 100;

    private const int TokenBytes = 32;

    private static readonly int _tokenLength = Base64Url.GetEncodedLength(TokenBytes);

    public async Task<string> BeginAsync(Guid keyId, TimeSpan life, CancellationToken ct)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
        var now = timeProvider.NowMicros();
        await database.WriteAsync(
            c =>
            {
                c.Execute(Sql.RemoveExpiredSessions, new { now });
                c.Execute(Sql.RemoveOldestSessions, new { keyId = keyId.ToString(), most = MostOfOneKey - 1 });
                return c.Execute(Sql.AddSession, new { hash = Hash(token), keyId = keyId.ToString(), now, expiresAt = now + (long)life.TotalMicroseconds });
            },
            ct);
        return token;
    }

    public async Task<ApiKey?> AuthenticateAsync(string token, CancellationToken ct)
    {
        if (token.Length != _tokenLength)
            return null;

        var found = await database.ReadAsync(c => c.QueryPrepared<KeyRow>(Sql.FindSessionKey, ("@hash", Hash(token)), ("@now", timeProvider.NowMicros())), ct);
        return found?.ToKey();
    }

    public Task EndAsync(string token, CancellationToken ct) => database.WriteAsync(c => c.Execute(Sql.EndSession, new { hash = Hash(token) }), ct);

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
