using Kinema.Engines;
using Kinema.Worker.Assignments;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Claiming;

/// <summary>
/// Counts the runs of each engine of this process; an engine without room claims nothing. Engines that compute here share the worker's concurrency; those that wait for
/// another machine have slots of their own.
/// </summary>
internal sealed class EngineSlots
{
    private readonly Lock _gate = new();
    private readonly WorkerOptions _options;
    private readonly Dictionary<string, EngineDescriptor> _engines;
    private readonly Dictionary<string, int> _active;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineSlots(EngineSet engines, IOptions<WorkerOptions> options)
    {
        _options = options.Value;
        _engines = engines.Descriptors.ToDictionary(engine => engine.Id, StringComparer.Ordinal);
        _active = engines.Ids.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);
    }

    /// <summary>Most runs of the engine at once.</summary>
    public int CapacityOf(string engineId)
    {
        var most = _engines[engineId].Slots ?? _options.Concurrency;
        return _options.EngineConcurrency.TryGetValue(engineId, out var own) ? Math.Clamp(own, 0, most) : most;
    }

    /// <summary>Engines that may take another run, as soon as there is one.</summary>
    public async Task<IReadOnlyList<string>> WithRoomAsync(CancellationToken ct)
    {
        while (true)
        {
            Task released;
            lock (_gate)
            {
                var hasPlace = _active.Where(engine => _engines[engine.Key].Slots is null).Sum(engine => engine.Value) < _options.Concurrency;
                IReadOnlyList<string> free = [.. _active.Where(engine => (hasPlace || _engines[engine.Key].Slots is not null) && engine.Value < CapacityOf(engine.Key)).Select(engine => engine.Key)];
                if (free.Count > 0)
                    return free;
                released = _released.Task;
            }

            await released.WaitAsync(ct);
        }
    }

    public void Take(Assignment assignment)
    {
        lock (_gate)
            _active[assignment.EngineId]++;
    }

    public void Release(Assignment assignment)
    {
        TaskCompletionSource released;
        lock (_gate)
        {
            _active[assignment.EngineId]--;
            (released, _released) = (_released, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        released.SetResult();
    }
}
