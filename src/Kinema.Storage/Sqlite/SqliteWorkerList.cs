using System.Text.Json;
using Dapper;
using Kinema.Core.Admission;

namespace Kinema.Storage.Sqlite;

internal sealed class SqliteWorkerList(SqliteDatabase database, StoreClock clock) : IWorkerList
{
    public Task<IReadOnlyList<RegisteredWorker>> ListAsync(CancellationToken ct) => database.ReadAsync<IReadOnlyList<RegisteredWorker>>(
        c => [.. c.Query<Row>(Sql.ListWorkers, new { now = clock.Steady }).Select(row => row.ToWorker())], ct);

    private sealed class Row
    {
        public required string Name { get; init; }

        public required long Capacity { get; init; }

        public required string EnginesJson { get; init; }

        public required long RegisteredAt { get; init; }

        public required long Active { get; init; }

        public required long Silent { get; init; }

        public RegisteredWorker ToWorker()
        {
            var engines = JsonSerializer.Deserialize(EnginesJson, StorageJson.Default.IReadOnlyListEngineDescriptor)!;
            return new(Name, (int)Capacity, [.. engines.Select(engine => engine.Id)], RegisteredAt.FromMicros(), (int)Active, (int)Silent);
        }
    }
}
