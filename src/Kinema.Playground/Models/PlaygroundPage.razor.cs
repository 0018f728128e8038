using Kinema.Core.Admission;
using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Kinema.Pages.Models;
using Kinema.Playground.Runs.Panel;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>The tab of a model's page on which people make a video.</summary>
public sealed partial class PlaygroundPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public ApiKey? Visitor { get; set; }

    [Parameter, EditorRequired]
    public required ModelManifest Model { get; set; }

    [Parameter, EditorRequired]
    public required FormStart Start { get; set; }

    [Parameter, EditorRequired]
    public required BoundEngine Engine { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<SampleStart> Samples { get; set; }

    [Parameter, EditorRequired]
    public required UploadLimit UploadLimit { get; set; }

    [Parameter, EditorRequired]
    public required CodeSamples Code { get; set; }

    /// <summary>The run shown beside the form.</summary>
    [Parameter]
    public RunView? Run { get; set; }
}
