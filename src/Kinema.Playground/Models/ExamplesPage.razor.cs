using Kinema.Core.Catalog;
using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Models;

/// <summary>The tab with inputs to start from.</summary>
public sealed partial class ExamplesPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public ApiKey? Visitor { get; set; }

    [Parameter, EditorRequired]
    public required ModelManifest Model { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<SampleStart> Samples { get; set; }
}
