using Kinema.Engines;

namespace Kinema.Worker;

/// <summary>The engines of this process.</summary>
internal sealed class EngineSet(IEnumerable<IVideoEngine> engines)
{
    private readonly Dictionary<string, IVideoEngine> _engines = engines.ToDictionary(e => e.Descriptor.Id, StringComparer.Ordinal);

    public IReadOnlyList<string> Ids => [.. _engines.Keys];

    public IReadOnlyList<EngineDescriptor> Descriptors => [.. _engines.Values.Select(e => e.Descriptor)];

    public IVideoEngine Get(string id) => _engines[id];
}
