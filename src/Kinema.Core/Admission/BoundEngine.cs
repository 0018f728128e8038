using Kinema.Core.Catalog;
using Kinema.Engines;

namespace Kinema.Core.Admission;

/// <summary>The engine that is asked first for a run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Descriptor">What its worker published; null where no worker serves it.</param>
/// <param name="State">Whether runs are served now.</param>
/// <param name="Reason">Why it is this engine, and why it serves or not: a sentence for people.</param>
public sealed record BoundEngine(string Id, EngineDescriptor? Descriptor, BoundEngineState State, string Reason)
{
    /// <summary>What the operator does so that it serves; null where it serves or nothing is known.</summary>
    public SetupManifest? Setup { get; init; }
}

public enum BoundEngineState
{
    Ready,

    /// <summary>Runs are accepted and wait for a worker.</summary>
    Waiting,

    /// <summary>Runs are refused.</summary>
    Unavailable,
}
