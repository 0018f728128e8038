using Kinema.Core.Catalog;
using Microsoft.AspNetCore.Components;

namespace Kinema.Pages.Components;

/// <summary>The catalogue: a card for each model.</summary>
public sealed partial class CatalogPage
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ModelManifest> Models { get; set; }

    /// <summary>The path that a proxy puts before every path.</summary>
    [Parameter]
    public string Root { get; set; } = "";

    [Parameter, EditorRequired]
    public required string Style { get; set; }
}
