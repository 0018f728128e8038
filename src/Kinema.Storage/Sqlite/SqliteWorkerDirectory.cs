using System.Text.Json;
using Dapper;
using Kinema.Core.Admission;
using Kinema.Engines;

namespace Kinema.Storage.Sqlite;

/// <summary>Engines that workers published since the server started, including lost workers: a run may be created while its worker restarts.</summary>
internal sealed class SqliteWorkerDirectory(SqliteDatabase database) : IWorkerDirectory
{
    public Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct) => database.ReadAsync(
        c =>
        {
            var engines = new Dictionary<string, EngineDescriptor>(StringComparer.Ordinal);
            foreach (var published in c.Query<string>(Sql.ReadWorkers))
            {
                foreach (var engine in JsonSerializer.Deserialize(published, StorageJson.Default.IReadOnlyListEngineDescriptor)!)
                    engines[engine.Id] = engine;
            }

            return (IReadOnlyDictionary<string, EngineDescriptor>)engines;
        },
        ct);
}
