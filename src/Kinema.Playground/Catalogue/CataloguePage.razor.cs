using Kinema.Core.Keys;
using Kinema.Pages.Components;
using Microsoft.AspNetCore.Components;

namespace Kinema.Playground.Catalogue;

/// <summary>The catalogue: a card for each model.</summary>
public sealed partial class CataloguePage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter]
    public ApiKey? Visitor { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ModelCard> Models { get; set; }
}
