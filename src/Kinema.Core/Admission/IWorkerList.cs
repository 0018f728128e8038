using Kinema.Core.Workers;

namespace Kinema.Core.Admission;

/// <summary>Workers that have registered since the server started, and remote workers that were heard within a day.</summary>
public interface IWorkerList
{
    /// <summary>Returns them, the longest registered first.</summary>
    Task<IReadOnlyList<RegisteredWorker>> ListAsync(CancellationToken ct);
}

/// <param name="Id">Id of the worker process.</param>
/// <param name="Name">Its name, as its settings have it.</param>
/// <param name="Capacity">Runs that it takes at once.</param>
/// <param name="EngineIds">Engines that it published.</param>
/// <param name="RegisteredAt">When it registered last.</param>
/// <param name="Active">Runs that it has now.</param>
/// <param name="Silent">Those of them whose lease has run out: the worker has not been heard for that long.</param>
public sealed record RegisteredWorker(
    Guid Id, string Name, int Capacity, IReadOnlyList<string> EngineIds, DateTimeOffset RegisteredAt, int Active, int Silent)
{
    /// <summary>Whether it gets no more runs.</summary>
    public required bool Draining { get; init; }

    /// <summary>Null for a worker in the server's process.</summary>
    public RemoteWorkerFacts? Remote { get; init; }

    /// <summary>When a remote worker was heard last, within 10 seconds; null for a worker in the server's process.</summary>
    public DateTimeOffset? HeardAt { get; init; }
}
