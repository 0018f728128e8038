using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>Chooses an engine by the configured order and the engines that workers have published.</summary>
public sealed class EngineBindings(EngineOptions options)
{
    public EngineChoice Choose(VideoRequest request, IReadOnlyDictionary<string, EngineDescriptor> engines)
    {
        var bindings = options.EffectiveBindings;
        if (!IsServed(engines))
            return new EngineChoice.Unavailable($"No worker serves the engine bound here ({string.Join(", ", bindings)}).");

        EngineSupport? rejection = null;
        foreach (var id in bindings)
        {
            if (!engines.TryGetValue(id, out var engine))
            {
                return options.NoWorkerPolicy == EngineOptions.Refuse
                    ? new EngineChoice.Unavailable($"No worker serves the engine '{id}'.")
                    : new EngineChoice.Bound(id);
            }

            var support = EngineSupport.FromDescriptor(engine, request);
            if (support.IsSupported)
                return new EngineChoice.Bound(id);

            rejection ??= support;
        }

        return new EngineChoice.NotServed(rejection!);
    }

    /// <summary>Returns whether a worker has published a bound engine.</summary>
    public bool IsServed(IReadOnlyDictionary<string, EngineDescriptor> engines) => options.EffectiveBindings.Any(engines.ContainsKey);
}
