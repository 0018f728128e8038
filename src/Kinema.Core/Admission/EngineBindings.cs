using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>Chooses an engine for a model by its bindings and the engines that workers have published.</summary>
public sealed class EngineBindings(EngineOptions options, ModelBindings models)
{
    private bool Refuses => options.NoWorkerPolicy == EngineOptions.Refuse;

    public EngineChoice Choose(ModelManifest model, VideoRequest request, IReadOnlyDictionary<string, EngineDescriptor> engines)
    {
        var bindings = models.Of(model);
        if (!IsServed(model, engines))
            return new EngineChoice.Unavailable(NotServed(model, engines));

        EngineSupport? rejection = null;
        foreach (var id in bindings)
        {
            if (!engines.TryGetValue(id, out var engine))
                return Refuses ? new EngineChoice.Unavailable($"No worker serves the engine '{id}'.") : new EngineChoice.Bound(id);
            if (!Runs(engine, model))
                continue;

            var support = EngineSupport.FromDescriptor(engine, request);
            if (support.IsSupported)
                return new EngineChoice.Bound(id);

            rejection ??= support;
        }

        return new EngineChoice.NotServed(rejection!);
    }

    /// <summary>What a model's page says of the engine that its runs get, without knowing a request.</summary>
    public BoundEngine Describe(ModelManifest model, IReadOnlyDictionary<string, EngineDescriptor> engines)
    {
        var bindings = models.Of(model);
        var order = string.Join(", ", bindings);
        if (!IsServed(model, engines))
            return new(bindings[0], null, BoundEngineState.Unavailable, $"{NotServedShort(model, engines)}, so runs are refused.") { Setup = model.Setup };

        var first = bindings.First(id => !engines.TryGetValue(id, out var one) || Runs(one, model));
        if (engines.TryGetValue(first, out var engine))
        {
            var why = bindings.Count == 1 ? "It is the engine bound here." : $"It comes first in the order bound here: {order}.";
            return new(first, engine, BoundEngineState.Ready, why);
        }

        return Refuses
            ? new(first, null, BoundEngineState.Unavailable, $"It comes first in the order bound here ({order}) and has no worker now, so runs are refused.") { Setup = model.Setup }
            : new(first, null, BoundEngineState.Waiting, $"It comes first in the order bound here ({order}) and has no worker now; runs wait for one.");
    }

    /// <summary>Returns whether a worker has published a bound engine that runs the model.</summary>
    public bool IsServed(ModelManifest model, IReadOnlyDictionary<string, EngineDescriptor> engines) =>
        models.Of(model).Any(id => engines.TryGetValue(id, out var engine) && Runs(engine, model));

    private string NotServed(ModelManifest model, IReadOnlyDictionary<string, EngineDescriptor> engines) =>
        $"{NotServedShort(model, engines)}.{(model.Setup is { } setup ? $" {setup.Text}" : "")}";

    private string NotServedShort(ModelManifest model, IReadOnlyDictionary<string, EngineDescriptor> engines)
    {
        var bindings = models.Of(model);
        return bindings.FirstOrDefault(engines.ContainsKey) is { } id
            ? $"The engine bound here ({id}) runs {string.Join(", ", engines[id].Models!)}, not this model"
            : $"No worker serves the engine bound here ({string.Join(", ", bindings)})";
    }

    /// <summary>A model of any engine does not care; one of certain engines needs one that has its weights.</summary>
    private static bool Runs(EngineDescriptor engine, ModelManifest model) => model.Engines.Count == 0 || engine.Models?.Contains(model.Slug) != false;
}
