using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>What registered workers published about their engines.</summary>
public interface IWorkerDirectory
{
    /// <summary>One descriptor per engine id, the latest registration's.</summary>
    Task<IReadOnlyDictionary<string, EngineDescriptor>> ReadEnginesAsync(CancellationToken ct);
}
