using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>Chooses the engine by the deployment's order and by what workers published about theirs.</summary>
public sealed class EngineBindings(EngineOptions options)
{
    public EngineChoice Choose(VideoRequest request, IReadOnlyDictionary<string, EngineDescriptor> engines)
    {
        var bindings = options.EffectiveBindings;
        if (!IsServed(engines))
            return new EngineChoice.Unavailable($"No worker serves the engine bound here ({string.Join(", ", bindings)}).");

        EngineSupport? refusal = null;
        foreach (var id in bindings)
        {
            if (!engines.TryGetValue(id, out var engine))
            {
                return options.NoWorkerPolicy == EngineOptions.Refuse
                    ? new EngineChoice.Unavailable($"No worker serves the engine '{id}'.")
                    : new EngineChoice.Bound(id);
            }

            var verdict = EngineSupport.FromDescriptor(engine, request);
            if (verdict.IsSupported)
                return new EngineChoice.Bound(id);

            refusal ??= verdict;
        }

        return new EngineChoice.NotServed(refusal!);
    }

    /// <summary>Whether any bound engine has been published.</summary>
    public bool IsServed(IReadOnlyDictionary<string, EngineDescriptor> engines) => options.EffectiveBindings.Any(engines.ContainsKey);
}
