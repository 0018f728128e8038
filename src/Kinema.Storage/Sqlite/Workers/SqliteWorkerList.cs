using System.Text.Json;
using Dapper;
using Kinema.Core.Admission;

namespace Kinema.Storage.Sqlite.Workers;

internal sealed class SqliteWorkerList(IStoreDatabase database, WorkerHearing hearing, StoreClock clock) : IWorkerList
{
    public Task<IReadOnlyList<RegisteredWorker>> ListAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<RegisteredWorker>>(
        c => [.. c.Query<Row>(Sql.ListWorkers, new { now = clock.Steady, heardAfter = hearing.ForgottenBefore }).Select(row => row.ToWorker(clock))], ct);

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public required long Capacity { get; init; }

        public required string EnginesJson { get; init; }

        public required long RegisteredAt { get; init; }

        public required long Active { get; init; }

        public required long Silent { get; init; }

        public string? KeyId { get; init; }

        public long? Protocol { get; init; }

        public string? Version { get; init; }

        public long? HeardAt { get; init; }

        public long? DrainingAt { get; init; }

        public RegisteredWorker ToWorker(StoreClock clock)
        {
            var engines = JsonSerializer.Deserialize(EnginesJson, StorageJson.Default.IReadOnlyListEngineDescriptor)!;
            return new(Guid.Parse(Id), Name, (int)Capacity, [.. engines.Select(engine => engine.Id)], RegisteredAt.FromMicros(), (int)Active, (int)Silent)
            {
                Draining = DrainingAt is not null,
                Remote = KeyId is null ? null : new(Guid.Parse(KeyId), (int)Protocol!, Version!),
                HeardAt = HeardAt is { } heard ? clock.ToWall(heard).FromMicros() : null,
            };
        }
    }
}
