using Kinema.Core.Admission;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Catalogue;

/// <summary>Which engine serves the models here, whether it does now, and why it is this one.</summary>
public sealed partial class EngineLine
{
    [Parameter, EditorRequired]
    public required BoundEngine Engine { get; set; }

    private string State => Engine.State switch
    {
        BoundEngineState.Ready => "ready",
        BoundEngineState.Waiting => "waiting for a worker",
        _ => "not served",
    };
}
