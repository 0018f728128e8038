using System.ComponentModel.DataAnnotations;

namespace Kinema.Core.Admission;

/// <summary>Section <c>Engines</c>: choice of the engine. It is made once, when the run is created, and stored with the run.</summary>
public sealed class EngineOptions
{
    /// <summary>Engine if none is configured.</summary>
    public const string DefaultBinding = "motion";

    public const string Wait = "wait";
    public const string Refuse = "refuse";

    /// <summary>Engine ids in order of preference; the first that supports a request gets it. Empty means <c>motion</c>.</summary>
    public IList<string> Bindings { get; init; } = [];

    /// <summary>
    /// The policy when no worker offers the preferred engine, while another bound engine is available: <c>wait</c> (default) assigns
    /// the run to it and queues the run, <c>refuse</c> responds with 503. Another engine never serves the run silently.
    /// </summary>
    [AllowedValues(Wait, Refuse)]
    public string NoWorkerPolicy { get; set; } = Wait;

    /// <summary>The bindings, or the default where none is configured.</summary>
    public IReadOnlyList<string> EffectiveBindings => Bindings.Count == 0 ? [DefaultBinding] : [.. Bindings];
}
