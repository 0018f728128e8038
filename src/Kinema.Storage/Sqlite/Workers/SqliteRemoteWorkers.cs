using System.Text.Json;
using Dapper;
using Kinema.Core.Runs;
using Kinema.Core.Workers;
using Kinema.Storage.Sqlite.Runs;

namespace Kinema.Storage.Sqlite.Workers;

internal sealed class SqliteRemoteWorkers(IStoreDatabase database, StoreClock clock) : IRemoteWorkers
{
    public Task<RemoteWorker?> FindAsync(Guid workerId, CancellationToken ct) => database.ReadAsync(
        c => c.QueryPrepared<Row>(Sql.FindWorker, ("@workerId", workerId.ToString())) is { KeyId: not null } row ? row.ToWorker() : null, ct);

    public Task<IReadOnlyList<ClaimedRun>> ListHeldAsync(Guid workerId, CancellationToken ct) => database.ReadAsync<IReadOnlyList<ClaimedRun>>(
        c => [.. c.Query<RunRow>(Sql.ListHeldRuns, new { workerId = workerId.ToString() }).AsList().Select(run => ClaimReader.Read(c, run, workerId))], ct);

    public Task<bool> DrainAsync(Guid workerId, CancellationToken ct) =>
        database.WriteAsync(c => c.Execute(Sql.DrainWorker, new { workerId = workerId.ToString(), now = clock.Wall }) == 1, ct);

    public Task<bool> RemoveAsync(Guid workerId, CancellationToken ct) =>
        database.WriteAsync(c => c.Execute(Sql.RemoveWorker, new { workerId = workerId.ToString() }) == 1, ct);

    private sealed class Row
    {
        public required string Id { get; init; }

        public string? KeyId { get; init; }

        public required string Name { get; init; }

        public required string EnginesJson { get; init; }

        public long? DrainingAt { get; init; }

        public RemoteWorker ToWorker() => new(
            Guid.Parse(Id),
            Guid.Parse(KeyId!),
            Name,
            DrainingAt is not null,
            JsonSerializer.Deserialize(EnginesJson, StorageJson.Default.IReadOnlyListEngineDescriptor)!);
    }
}
