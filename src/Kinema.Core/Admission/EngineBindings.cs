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

    /// <summary>What a model's page says of the engine that its runs get, without knowing a request.</summary>
    public BoundEngine Describe(IReadOnlyDictionary<string, EngineDescriptor> engines)
    {
        var bindings = options.EffectiveBindings;
        var first = bindings[0];
        var order = string.Join(", ", bindings);
        if (!IsServed(engines))
            return new(first, null, BoundEngineState.Unavailable, $"No worker serves {order} now, so runs are refused.");
        if (engines.TryGetValue(first, out var engine))
        {
            var why = bindings.Count == 1 ? "It is the engine bound here." : $"It comes first in the order bound here: {order}.";
            return new(first, engine, BoundEngineState.Ready, why);
        }

        return options.NoWorkerPolicy == EngineOptions.Refuse
            ? new(first, null, BoundEngineState.Unavailable, $"It comes first in the order bound here ({order}) and has no worker now, so runs are refused.")
            : new(first, null, BoundEngineState.Waiting, $"It comes first in the order bound here ({order}) and has no worker now; runs wait for one.");
    }

    /// <summary>Returns whether a worker has published a bound engine.</summary>
    public bool IsServed(IReadOnlyDictionary<string, EngineDescriptor> engines) => options.EffectiveBindings.Any(engines.ContainsKey);
}
