using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>Engines that registered workers have published.</summary>
public interface IWorkerDirectory
{
    /// <summary>Returns one descriptor per engine id, from the latest registration.</summary>
    Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct);
}
