using System.ComponentModel.DataAnnotations;

namespace Kinema.Core.Admission;

/// <summary>Section <c>Engines</c>: which engine serves a run. The choice is made once, at create, and pinned in the run.</summary>
public sealed class EngineOptions
{
    /// <summary>Engine used where nothing is bound.</summary>
    public const string DefaultBinding = "motion";

    public const string Wait = "wait";
    public const string Refuse = "refuse";

    /// <summary>Engine ids in order of preference; the first that can serve a request gets it. Empty means <c>motion</c>.</summary>
    public IList<string> Bindings { get; init; } = [];

    /// <summary>
    /// What becomes of a run whose preferred engine no worker has published, while another bound one is known: <c>wait</c> (default) pins
    /// the run to it and lets it wait, <c>refuse</c> answers 503. It is never served silently by another engine.
    /// </summary>
    [AllowedValues(Wait, Refuse)]
    public string NoWorkerPolicy { get; set; } = Wait;

    internal IReadOnlyList<string> EffectiveBindings => Bindings.Count == 0 ? [DefaultBinding] : [.. Bindings];
}
