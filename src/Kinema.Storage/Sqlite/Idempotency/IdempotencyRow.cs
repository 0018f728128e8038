using System.Text.Json;
using Dapper;
using Kinema.Core.Idempotency;

namespace Kinema.Storage.Sqlite.Idempotency;

/// <summary>A row of <c>idempotency_keys</c>.</summary>
internal sealed class IdempotencyRow
{
    public required byte[] RequestDigest { get; init; }
    public required long Status { get; init; }
    public byte[]? Body { get; init; }
    public required string SignedPlaces { get; init; }
    public string? Location { get; init; }
    public string? RunId { get; init; }
    public required long CreatedAt { get; init; }
    public required long ExpiresAt { get; init; }

    public StoredAnswer ToAnswer(IdempotencyScope scope) => new()
    {
        Scope = scope,
        RequestDigest = RequestDigest,
        Status = (int)Status,
        Body = Body is { } body ? body : (ReadOnlyMemory<byte>?)null,
        SignedPlaces = JsonSerializer.Deserialize(SignedPlaces, StorageJson.Default.IReadOnlyListSignedPlace)!,
        Location = Location,
        RunId = RunId is { } run ? Guid.Parse(run) : null,
        Lifetime = ExpiresAt.FromMicros() - CreatedAt.FromMicros(),
    };

    /// <summary>Stores the answer in the caller's transaction.</summary>
    /// <exception cref="IdempotencyKeyTakenException">The key is taken.</exception>
    public static void Add(IStoreConnection connection, StoredAnswer answer, long now)
    {
        var added = connection.ExecuteScalar<long?>(Sql.AddIdempotencyKey, new
        {
            orgId = answer.Scope.OrgId.ToString(),
            route = answer.Scope.Route,
            key = answer.Scope.Key,
            requestDigest = answer.RequestDigest.ToArray(),
            status = answer.Status,
            body = answer.Body?.ToArray(),
            signedPlaces = JsonSerializer.Serialize(answer.SignedPlaces, StorageJson.Default.IReadOnlyListSignedPlace),
            location = answer.Location,
            runId = answer.RunId?.ToString(),
            now,
            expiresAt = now + answer.Lifetime.ToMicros(),
        });
        if (added is null)
            throw new IdempotencyKeyTakenException(answer.Scope.Route);
    }
}
