using System.ComponentModel.DataAnnotations;

namespace Kinema.Core.Admission;

/// <summary>Section <c>Engines</c>: choice of the engine; <see cref="ModelBindings"/> are read apart. It is made once, when the run is created, and stored with the run.</summary>
public sealed class EngineOptions
{
    public const string Wait = "wait";
    public const string Refuse = "refuse";

    /// <summary>
    /// The policy when no worker offers the preferred engine, while another bound engine is available: <c>wait</c> (default) assigns
    /// the run to it and queues the run, <c>refuse</c> responds with 503. Another engine never serves the run silently.
    /// </summary>
    [AllowedValues(Wait, Refuse)]
    public string NoWorkerPolicy { get; set; } = Wait;
}
