namespace Kinema.Core.Admission;

/// <summary>Workers that have registered since the server started.</summary>
public interface IWorkerList
{
    /// <summary>Returns them, the longest registered first.</summary>
    Task<IReadOnlyList<RegisteredWorker>> ListAsync(CancellationToken ct);
}

/// <param name="Name">Its name, as its settings have it.</param>
/// <param name="Capacity">Runs that it takes at once.</param>
/// <param name="EngineIds">Engines that it published.</param>
/// <param name="RegisteredAt">When it registered last.</param>
/// <param name="Active">Runs that it has now.</param>
/// <param name="Silent">Those of them whose lease has run out: the worker has not been heard for that long.</param>
public sealed record RegisteredWorker(string Name, int Capacity, IReadOnlyList<string> EngineIds, DateTimeOffset RegisteredAt, int Active, int Silent);
