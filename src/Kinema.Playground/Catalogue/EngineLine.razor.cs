using Kinema.Core.Admission;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Catalogue;

/// <summary>Which engine serves a model here, whether it does now, and why it is this one.</summary>
public sealed partial class EngineLine
{
    [Parameter, EditorRequired]
    public required BoundEngine Engine { get; set; }

    /// <summary>The path that a proxy puts before every path.</summary>
    [Parameter, EditorRequired]
    public required string Root { get; set; }

    /// <summary>Whether it says, too, what the operator does so that the model is served.</summary>
    [Parameter]
    public bool IsLong { get; set; }

    private string State => Engine.State switch
    {
        BoundEngineState.Ready => "ready",
        BoundEngineState.Waiting => "waiting for a worker",
        _ => "not served",
    };
}
