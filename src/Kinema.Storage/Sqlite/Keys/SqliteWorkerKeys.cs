using System.Security.Cryptography;
using Dapper;
using Kinema.Core.Keys;

namespace Kinema.Storage.Sqlite.Keys;

/// <summary>Stores worker keys by prefix, with only a hash of the whole key.</summary>
internal sealed class SqliteWorkerKeys(IStoreDatabase database, KeyUse use, TimeProvider timeProvider) : IWorkerKeys
{
    public async Task<(WorkerKey Key, string Token)> CreateAsync(NewWorkerKey key, CancellationToken ct)
    {
        if (key.FindProblem() is { } problem)
            throw new ArgumentException(problem, nameof(key));

        var token = WorkerKeyToken.Create();
        var created = new WorkerKey
        {
            Id = Guid.CreateVersion7(timeProvider.GetUtcNow()),
            Name = key.Name,
            Prefix = token.Prefix,
            EngineIds = key.EngineIds,
            ExpiresAt = key.ExpiresAt,
            CreatedAt = timeProvider.NowMicros().FromMicros(),
        };
        await database.WriteAsync(
            c => c.Execute(Sql.AddWorkerKey, new
            {
                id = created.Id.ToString(),
                name = created.Name,
                prefix = created.Prefix,
                hash = token.Hash(),
                engineIdsJson = StorageJson.Texts(created.EngineIds),
                expiresAt = created.ExpiresAt.ToMicros(),
                now = created.CreatedAt.ToMicros(),
            }),
            ct);
        return (created, token.Text);
    }

    public async Task<WorkerKey?> AuthenticateAsync(string token, CancellationToken ct)
    {
        if (!WorkerKeyToken.TryParse(token, out var presented))
            return null;

        var now = timeProvider.NowMicros();
        var found = await database.ReadAsync(c => c.QueryPrepared<WorkerKeyRow>(Sql.FindWorkerKey, ("@prefix", presented.Prefix), ("@now", now)), ct);
        if (found is null || !CryptographicOperations.FixedTimeEquals(found.Hash, presented.Hash()))
            return null;

        await use.NoteAsync(Sql.TouchWorkerKey, (found.Id, found.Prefix, found.LastUsedAt), now, ct);
        return found.ToKey();
    }

    public Task<IReadOnlyList<WorkerKey>> ListAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<WorkerKey>>(
        c => [.. c.Query<WorkerKeyRow>(Sql.ListWorkerKeys).Select(k => k.ToKey())], ct);

    public Task<bool> RevokeAsync(Guid keyId, CancellationToken ct) => database.WriteAsync(
        c => c.Execute(Sql.RevokeWorkerKey, new { id = keyId.ToString(), now = timeProvider.NowMicros() }) == 1, ct);
}
