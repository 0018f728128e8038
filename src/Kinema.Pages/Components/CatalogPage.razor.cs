using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>The catalogue: a card for each model.</summary>
public sealed partial class CatalogPage
{
    [Parameter, EditorRequired]
    public required PageFrame Frame { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ModelManifest> Models { get; set; }
}
