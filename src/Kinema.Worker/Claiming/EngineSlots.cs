using Kinema.Worker.Assignments;
using Microsoft.Extensions.Options;

namespace Kinema.Worker.Claiming;

/// <summary>Counts the runs of each engine of this process; an engine without room claims nothing.</summary>
internal sealed class EngineSlots(EngineSet engines, IOptions<WorkerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _active = engines.Ids.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);

    /// <summary>Most runs of the engine at once.</summary>
    public int CapacityOf(string engineId) => options.Value.EngineConcurrency.TryGetValue(engineId, out var own)
        ? Math.Clamp(own, 0, options.Value.Concurrency)
        : options.Value.Concurrency;

    /// <summary>Engines that may take another run.</summary>
    public IReadOnlyList<string> WithRoom()
    {
        lock (_gate)
            return [.. _active.Where(engine => engine.Value < CapacityOf(engine.Key)).Select(engine => engine.Key)];
    }

    public void Take(Assignment assignment) => Count(assignment, +1);

    public void Release(Assignment assignment) => Count(assignment, -1);

    private void Count(Assignment assignment, int change)
    {
        lock (_gate)
            _active[assignment.EngineId] = _active.GetValueOrDefault(assignment.EngineId) + change;
    }
}
