using System.Text.Json;
using Dapper;
using Kinema.Core.Admission;
using Kinema.Engines;

namespace Kinema.Storage.Sqlite.Workers;

/// <summary>Engines that workers published, including lost workers: a run may be created while its worker restarts. <see cref="WorkerHearing"/> ends that for remote ones.</summary>
/// <remarks>Every create asks, and the answer rarely changes, so it is kept until a worker registers here, or for a second, since others may register elsewhere.</remarks>
internal sealed class SqliteWorkerDirectory(IStoreDatabase database, WorkerHearing hearing, TimeProvider timeProvider) : IWorkerDirectory
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromSeconds(1);

    private volatile Answer? _last;

    public async Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct)
    {
        if (_last is { } last && timeProvider.GetElapsedTime(last.At) < _lifetime)
            return last.Engines;

        var answer = new Answer(timeProvider.GetTimestamp(), await ReadAsync(ct));
        _last = answer;
        return answer.Engines;
    }

    /// <summary>Forgets the answer, because a worker has registered.</summary>
    public void Invalidate() => _last = null;

    private Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadAsync(CancellationToken ct) => database.ReadAsync(
        c =>
        {
            var engines = new Dictionary<string, EngineDescriptor>(StringComparer.Ordinal);
            foreach (var published in c.Query<string>(Sql.ReadWorkers, new { heardAfter = hearing.ServesAfter }))
            {
                foreach (var engine in JsonSerializer.Deserialize(published, StorageJson.Default.IReadOnlyListEngineDescriptor)!)
                    engines[engine.Id] = engine;
            }

            return (IReadOnlyDictionary<string, EngineDescriptor>)engines;
        },
        ct);

    private sealed record Answer(long At, IReadOnlyDictionary<string, EngineDescriptor> Engines);
}
