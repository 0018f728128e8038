using System.Text.Json;
using Dapper;
using Kinema.Core.Admission;
using Kinema.Engines;

namespace Kinema.Storage.Sqlite;

/// <summary>What the workers of this life of the server published, also those that fell silent in it: a run may be admitted while its worker restarts.</summary>
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
