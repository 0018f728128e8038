using Kinema.Engines;

namespace Kinema.Worker;

/// <summary>The engines of this process.</summary>
internal sealed class EngineSet(IEnumerable<IVideoEngine> engines)
{
    private readonly Dictionary<string, IVideoEngine> _engines = engines.ToDictionary(e => e.Descriptor.Id, StringComparer.Ordinal);

    public IReadOnlyList<string> Ids => [.. _engines.Keys];

    public IReadOnlyList<EngineDescriptor> Descriptors => [.. _engines.Values.Select(e => e.Descriptor)];

    /// <summary>Those of the engines that can begin at once; null if none of this process loads weights.</summary>
    public IReadOnlyList<string>? LoadedOf(IReadOnlyList<string> ids) => _engines.Values.Any(e => e is ILoadableEngine)
        ? [.. ids.Where(id => _engines[id] is not ILoadableEngine { IsLoaded: false })]
        : null;

    public IVideoEngine Get(string id) => _engines[id];
}
