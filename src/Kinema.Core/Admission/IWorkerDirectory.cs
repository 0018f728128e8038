using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>
/// Engines that registered workers have published. A worker in the server's process counts until the server ends, also one that was lost: a run may be created while it
/// restarts. A remote worker counts while it is heard, with a minute's grace, also after a start of the server.
/// </summary>
public interface IWorkerDirectory
{
    /// <summary>Returns one descriptor per engine id, from the latest registration.</summary>
    Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct);
}
